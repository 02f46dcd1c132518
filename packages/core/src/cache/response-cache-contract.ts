import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import type { Clock } from "../clock.js";
import type { ContractCase } from "../testing/contract-case.js";
import { manualClock } from "../testing/manual-clock.js";
import { cacheKey } from "./cache-key.js";
import type { CachedReply, CacheKey, CacheLookup, ResponseCache } from "./response-cache.js";

/** Makes an empty cache. */
export type CreateResponseCache = (options: {
  readonly clock: Clock;
}) => ResponseCache | Promise<ResponseCache>;

const keyOf = (key: string, partition = "tenant-a"): CacheKey => ({ partition, key });
const reply = (text: string): CachedReply => ({ text, provider: "fake", model: "m" });
const hour = 3_600_000;

/** A cache with one asker whose call is never aborted. */
async function subject(create: CreateResponseCache) {
  const clock = manualClock();
  const cache = await create({ clock });
  const ask = async (key: CacheKey, signal = new AbortController().signal) => cache.lookup(key, { signal });
  const put = async (key: CacheKey, stored: CachedReply, ttlMs = hour) =>
    missed(await ask(key)).store(stored, ttlMs);
  return { clock, cache, ask, put };
}

function missed(lookup: CacheLookup) {
  assert(lookup.state === "miss", "expected a miss");
  return lookup;
}

function served(lookup: CacheLookup) {
  assert(lookup.state === "hit", "expected a hit");
  return lookup.reply;
}

/** Whether a promise is still open once everything that can happen has happened. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return !settled;
}

/** What every {@link ResponseCache} keeps. */
export const responseCacheContract: readonly ContractCase<CreateResponseCache>[] = [
  {
    name: "serves what was stored, with all its fields",
    async run(create) {
      const { ask, put } = await subject(create);
      const stored = {
        value: { steps: [{ title: "a" }], score: 0.5 },
        provider: "fake",
        model: "m",
        usage: { inputTokens: 3, outputTokens: 4, source: "reported" as const },
      };
      await put(keyOf("k"), stored);
      assert.deepEqual(served(await ask(keyOf("k"))), stored);
    },
  },
  {
    name: "never serves another partition or another key, also when the two are made to run together",
    async run(create) {
      const { ask, put } = await subject(create);
      const keys = [
        keyOf("k", "a"),
        keyOf("k", "b"),
        keyOf("b:k", "a"),
        keyOf("k", "a:b"),
        keyOf('","k', "a"),
        keyOf("k", 'a","'),
        keyOf("", "ak"),
        keyOf("ak", ""),
      ];
      for (const [index, key] of keys.entries()) await put(key, reply(`reply ${index}`));
      for (const [index, key] of keys.entries()) assert.equal(served(await ask(key)).text, `reply ${index}`);
    },
  },
  {
    name: "serves an entry until its time to live is over and not longer",
    async run(create) {
      const { clock, ask, put } = await subject(create);
      await put(keyOf("k"), reply("old"), 1_000);
      await clock.advance(999);
      assert.equal(served(await ask(keyOf("k"))).text, "old");
      await clock.advance(1);
      await missed(await ask(keyOf("k"))).store(reply("new"), 1_000);
      assert.equal(served(await ask(keyOf("k"))).text, "new");
    },
  },
  {
    name: "a time to live that is 0, negative or no number keeps nothing",
    async run(create) {
      const { cache, ask, put } = await subject(create);
      for (const ttlMs of [0, -1, Number.NaN]) {
        await put(keyOf("k"), reply("x"), ttlMs);
        assert.equal(cache.stats().size, 0);
        await missed(await ask(keyOf("k"))).abandon();
      }
    },
  },
  {
    name: "neither the one who stored nor the one who was served can change what others read",
    async run(create) {
      const { ask, put } = await subject(create);
      const value = { steps: [{ title: "right" }] };
      await put(keyOf("k"), { value });
      spoil(value);
      spoil(served(await ask(keyOf("k"))).value);
      assert.deepEqual(served(await ask(keyOf("k"))).value, { steps: [{ title: "right" }] });
    },
  },
  {
    name: "100 identical askers make one call; all others wait and are served its reply",
    async run(create) {
      const { cache, ask } = await subject(create);
      const leader = missed(await ask(keyOf("k")));
      const waiting = Array.from({ length: 99 }, () => ask(keyOf("k")));
      assert(await isWaiting(Promise.race(waiting)));
      await leader.store(reply("once"), hour);
      for (const lookup of await Promise.all(waiting)) assert.equal(served(lookup).text, "once");
      const { hits, misses } = cache.stats();
      assert.deepEqual({ hits, misses }, { hits: 99, misses: 1 });
    },
  },
  {
    name: "waiters are served also when nothing is kept, and cannot change each other's reply",
    async run(create) {
      const { ask } = await subject(create);
      const leader = missed(await ask(keyOf("k")));
      const waiting = [ask(keyOf("k")), ask(keyOf("k"))];
      await leader.store({ value: { steps: [{ title: "right" }] } }, 0);
      const [first, second] = (await Promise.all(waiting)).map(served);
      spoil(first?.value);
      assert.deepEqual(second?.value, { steps: [{ title: "right" }] });
      await missed(await ask(keyOf("k"))).abandon();
    },
  },
  {
    name: "when the one in front gives up, all waiters go on at once and none waits for another",
    async run(create) {
      const { ask } = await subject(create);
      const leader = missed(await ask(keyOf("k")));
      const waiting = Array.from({ length: 5 }, () => ask(keyOf("k")));
      await leader.abandon();
      const misses = (await Promise.all(waiting)).map(missed);
      const newcomer = await ask(keyOf("k")); // never comes when it waits for one who had waited
      await missed(newcomer).abandon();
      await misses[0]?.abandon();
      await misses[1]?.store(reply("second"), hour);
      assert.equal(served(await ask(keyOf("k"))).text, "second");
      for (const miss of misses.slice(2)) await miss.abandon();
      assert.equal(served(await ask(keyOf("k"))).text, "second");
    },
  },
  {
    name: "a flight ends once: whatever is said after store or abandon changes nothing",
    async run(create) {
      const { ask } = await subject(create);
      const first = missed(await ask(keyOf("k")));
      await first.store(reply("first"), hour);
      await first.store(reply("again"), hour);
      await first.abandon();
      assert.equal(served(await ask(keyOf("k"))).text, "first");
      const unkept = missed(await ask(keyOf("unkept")));
      await unkept.store(reply("unkept"), 0);
      const leader = missed(await ask(keyOf("unkept")));
      await unkept.abandon();
      const waiting = ask(keyOf("unkept"));
      assert(await isWaiting(waiting), "an old flight ended a new one");
      await leader.abandon();
      await missed(await waiting).abandon();
      const second = missed(await ask(keyOf("other")));
      await second.abandon();
      await second.store(reply("late"), hour);
      await missed(await ask(keyOf("other"))).abandon();
    },
  },
  {
    name: "different keys do not wait for each other",
    async run(create) {
      const { ask } = await subject(create);
      const first = missed(await ask(keyOf("k", "a")));
      const second = missed(await ask(keyOf("k", "b")));
      await first.abandon();
      await second.abandon();
    },
  },
  {
    name: "a waiter that aborts gets its own reason, leaves no listener and disturbs nobody",
    async run(create) {
      const { ask } = await subject(create);
      const leader = missed(await ask(keyOf("k")));
      const leaving = new AbortController();
      const staying = new AbortController();
      const left = ask(keyOf("k"), leaving.signal);
      const stayed = ask(keyOf("k"), staying.signal);
      assert(await isWaiting(left));
      const reason = new Error("the caller went away");
      leaving.abort(reason);
      await assert.rejects(left, (error) => error === reason);
      assert(await isWaiting(stayed));
      await leader.store(reply("x"), hour);
      assert.equal(served(await stayed).text, "x");
      for (const { signal } of [leaving, staying]) assert.equal(getEventListeners(signal, "abort").length, 0);
    },
  },
  {
    name: "an aborted asker neither waits nor takes the lead",
    async run(create) {
      const { ask } = await subject(create);
      const reason = new Error("gone");
      await assert.rejects(ask(keyOf("k"), AbortSignal.abort(reason)), (error) => error === reason);
      const leader = missed(await ask(keyOf("k")));
      await assert.rejects(ask(keyOf("k"), AbortSignal.abort(reason)), (error) => error === reason);
      await leader.abandon();
    },
  },
  {
    name: "counts hits, misses and entries",
    async run(create) {
      const { cache, ask, put } = await subject(create);
      await put(keyOf("a"), reply("a"));
      await put(keyOf("b"), reply("b"));
      await ask(keyOf("a"));
      const { size, hits, misses, evictions } = cache.stats();
      assert.deepEqual({ size, hits, misses, evictions }, { size: 2, hits: 1, misses: 2, evictions: 0 });
    },
  },
  {
    name: "takes the keys that cacheKey makes, however long",
    async run(create) {
      const { ask, put } = await subject(create);
      const long = (content: string) =>
        cacheKey({
          tenantId: "t",
          roles: [],
          task: "chat",
          version: "1",
          targets: ["fake/m"],
          request: {
            prompt: { messages: [{ role: "user", content }] },
            maxOutputTokens: 256,
            temperature: 0,
          },
        });
      const text = "långt 長い ".repeat(5_000);
      await put(long(text), reply("long"));
      assert.equal(served(await ask(long(text))).text, "long");
      await missed(await ask(long(`${text}.`))).abandon();
    },
  },
];

/** Tries to change a reply; a cache may as well have made that impossible. */
function spoil(value: unknown): void {
  const { steps } = value as { steps: { title: string }[] };
  try {
    for (const step of steps) step.title = "wrong";
    steps.push({ title: "wrong" });
  } catch (error) {
    assert(error instanceof TypeError);
  }
}
