import { GatewayError } from "@levqor/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pendingCommands } from "./pending-commands.js";

const away = () => new GatewayError("store_unavailable", "Redis did not answer within 500 ms.");
const refused = () => {
  const cause = new Error("WRONGTYPE Operation against a key holding the wrong kind of value");
  return new GatewayError("store_unavailable", "Redis refused a command (WRONGTYPE).", { cause });
};

describe("pendingCommands", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Commands that fail as long as there is a failure for them, and note when they land. */
  function subject(maxPending = 10) {
    const pending = pendingCommands(maxPending);
    const landed: string[] = [];
    const failures = new Map<string, () => Error>();
    const land = (name: string) =>
      pending.land(async () => {
        const failure = failures.get(name) ?? failures.get("all");
        if (failure !== undefined) throw failure();
        landed.push(name);
      });
    return { pending, landed, failures, land };
  }

  it("lands at once what Redis takes", async () => {
    const { pending, landed, land } = subject();
    await land("a");
    expect(landed).toEqual(["a"]);
    expect(pending.size).toBe(0);
  });

  it("lands what waits in its order, once each, every second until nothing is left", async () => {
    const { pending, landed, failures, land } = subject();
    failures.set("all", away);
    for (const name of ["a", "b", "c"]) await land(name);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(landed).toEqual([]);
    failures.delete("all");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(landed).toEqual(["a", "b", "c"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(landed).toHaveLength(3);
    expect(pending.size).toBe(0);
  });

  it("one that is refused waits, and keeps no other from landing", async () => {
    const { pending, landed, failures, land } = subject();
    failures.set("all", away);
    for (const name of ["a", "b", "c"]) await land(name);
    failures.delete("all");
    failures.set("a", refused);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(landed).toEqual(["b", "c"]);
    expect(pending.size).toBe(1);
    failures.clear();
    await pending.flush();
    expect(landed).toEqual(["b", "c", "a"]);
  });

  it("asks once a round while Redis is away, however many wait", async () => {
    const pending = pendingCommands(100);
    let asked = 0;
    for (let index = 0; index < 50; index += 1) {
      await pending.land(async () => {
        asked += 1;
        throw away();
      });
    }
    asked = 0;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toBe(3);
  });

  it("has a bound, and says what is left when it is closed; then nothing is tried again", async () => {
    const { pending, landed, failures, land } = subject(2);
    failures.set("all", away);
    await land("a");
    await land("b");
    await expect(land("c")).rejects.toThrow("did not answer");
    await expect(pending.flush()).rejects.toThrow("2 commands");
    await expect(pending.close()).rejects.toThrow("2 commands");
    await expect(land("d")).rejects.toThrow("did not answer");
    failures.clear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(landed).toEqual([]);
  });

  it("closing with nothing left is quiet", async () => {
    const { pending, land } = subject();
    await land("a");
    await pending.close();
    await pending.flush();
  });
});
