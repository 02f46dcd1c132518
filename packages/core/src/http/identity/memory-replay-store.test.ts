import { describe, expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import { manualClock } from "../../testing/manual-clock.js";
import { memoryReplayStore } from "./memory-replay-store.js";
import { replayStoreContract } from "./replay-store-contract.js";

describe("memoryReplayStore", () => {
  it.each(replayStoreContract)("$name", ({ run }) => run(memoryReplayStore));

  it("rejects rather than forgets when it is full, until ids expire", async () => {
    const clock = manualClock();
    const store = memoryReplayStore({ maxIds: 2, clock });
    await store.claim("a", 1_000);
    await store.claim("b", 2_000);
    await expect(store.claim("c", 1_000)).rejects.toSatisfy((error) =>
      isGatewayError(error, "store_unavailable"),
    );
    expect(await store.claim("a", 1_000)).toBe(false);
    await clock.advance(1_000);
    expect(await store.claim("c", 1_000)).toBe(true);
    expect(await store.claim("b", 1_000)).toBe(false);
  });

  it("refuses a bound that makes no sense", () => {
    for (const maxIds of [0, -1, Number.NaN]) {
      expect(() => memoryReplayStore({ maxIds })).toThrow(/maxIds/);
    }
  });
});
