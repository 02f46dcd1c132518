import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryResponseCache } from "./memory-response-cache.js";
import type { CacheKey } from "./response-cache.js";
import { responseCacheContract } from "./response-cache-contract.js";

describe("contract", () => {
  for (const { name, run } of responseCacheContract) it(name, () => run(memoryResponseCache));
});

const key = (name: string): CacheKey => ({ partition: "p", key: name });
const { signal } = new AbortController();

function subject(maxEntries: number) {
  const clock = manualClock();
  const cache = memoryResponseCache({ maxEntries, clock });
  return {
    clock,
    cache,
    async put(name: string) {
      const lookup = await cache.lookup(key(name), { signal });
      if (lookup.state === "miss") await lookup.store({ text: name }, 1_000);
    },
    async has(name: string) {
      const lookup = await cache.lookup(key(name), { signal });
      if (lookup.state === "miss") await lookup.abandon();
      return lookup.state === "hit";
    },
  };
}

it("drops the reply that was unused longest, and counts it", async () => {
  const { cache, put, has } = subject(3);
  for (const name of ["a", "b", "c"]) await put(name);
  await has("a");
  await put("d");
  expect(cache.stats()).toMatchObject({ size: 3, evictions: 1 });
  expect(await Promise.all(["a", "b", "c", "d"].map(has))).toEqual([true, false, true, true]);
});

it("stays within maxEntries under 20,000 different questions", async () => {
  const { cache, put } = subject(100);
  for (let index = 0; index < 20_000; index += 1) await put(`question ${index}`);
  expect(cache.stats()).toEqual({ size: 100, hits: 0, misses: 20_000, evictions: 19_900 });
});

it("a jump of the wall clock neither ends nor prolongs an entry", async () => {
  const clock = manualClock();
  let jumpMs = 0;
  const cache = memoryResponseCache({ clock: { ...clock, now: () => clock.now() + jumpMs } });
  const lookup = await cache.lookup(key("k"), { signal });
  if (lookup.state === "miss") await lookup.store({ text: "x" }, 1_000);
  jumpMs = 3_600_000;
  expect(await cache.lookup(key("k"), { signal })).toMatchObject({ state: "hit" });
  jumpMs = -3_600_000;
  await clock.advance(1_000);
  expect(await cache.lookup(key("k"), { signal })).toMatchObject({ state: "miss" });
});

it("a reply that can't be copied is not kept, and those who waited go on", async () => {
  const cache = memoryResponseCache({ clock: manualClock() });
  const leader = await cache.lookup(key("k"), { signal });
  const waiting = cache.lookup(key("k"), { signal });
  if (leader.state === "miss") await leader.store({ value: { greet: () => "hi" } }, 1_000);
  expect(await waiting).toMatchObject({ state: "miss" });
  expect(cache.stats().size).toBe(0);
});

it.each([0, -1, 1.5, Number.NaN])("refuses %d entries", (maxEntries) => {
  expect(() => memoryResponseCache({ maxEntries })).toThrowError(
    expect.toSatisfy((error) => isGatewayError(error, "invalid_config")),
  );
});
