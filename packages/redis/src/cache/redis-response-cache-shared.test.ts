import { setTimeout as delay } from "node:timers/promises";
import type { CacheLookup } from "@levqor/core";
import { manualClock } from "@levqor/core/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventually } from "../own-server.test-support.js";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisResponseCache } from "./redis-response-cache.js";

const key = { partition: "tenant-a", key: "question" };
const hour = 3_600_000;

function missed(lookup: CacheLookup) {
  if (lookup.state !== "miss") throw new Error("expected a miss");
  return lookup;
}
const textOf = (lookup: CacheLookup) => (lookup.state === "hit" ? lookup.reply.text : undefined);

describe.each(clientKinds)("redisResponseCache on $kind, shared", ({ open }) => {
  /** Two caches, each as in a process of its own. */
  async function two(options: { readonly maxWaitMs?: number; readonly maxEntryBytes?: number } = {}) {
    const prefix = ownPrefix();
    const caches = [await open(), await open()].map((client) =>
      redisResponseCache({ client, prefix, timeoutMs: 10_000, ...options }),
    );
    const ask = async (index: 0 | 1, signal = new AbortController().signal, asked = key) => {
      const cache = caches[index];
      if (cache === undefined) throw new Error("There are two caches.");
      return await cache.lookup(asked, { signal });
    };
    return { ask, prefix, stats: (index: 0 | 1) => caches[index]?.stats() };
  }

  it("hands the reply to those who wait elsewhere, also when it is not kept", async () => {
    const { ask } = await two();
    const leader = missed(await ask(0));
    const waiting = [ask(1), ask(1), ask(1)];
    await delay(50);
    await leader.store({ text: "once" }, 0);
    expect((await Promise.all(waiting)).map(textOf)).toEqual(["once", "once", "once"]);
    await missed(await ask(1)).abandon();
  });

  it("lets those who wait elsewhere go on at once when the one in front gives up", async () => {
    const { ask } = await two();
    const leader = missed(await ask(0));
    const waiting = [ask(1), ask(1)];
    await delay(50);
    await leader.abandon();
    const misses = (await Promise.all(waiting)).map(missed);
    await misses[0]?.store({ text: "by the second" }, hour);
    await misses[1]?.abandon();
    expect(textOf(await ask(0))).toBe("by the second");
  });

  it("waits no longer than it may, and the lead of one who died is taken over", async () => {
    const { ask } = await two({ maxWaitMs: 400 });
    const died = missed(await ask(0));
    const startMs = performance.now();
    const second = missed(await ask(1));
    expect(performance.now() - startMs).toBeGreaterThan(300);
    expect(performance.now() - startMs).toBeLessThan(2_000);
    await second.store({ text: "second" }, hour);
    await died.abandon();
    expect(textOf(await ask(0))).toBe("second");
  });

  it("a late end of one flight does not end another's", async () => {
    const { ask } = await two({ maxWaitMs: 200 });
    const late = missed(await ask(0));
    await delay(250);
    const current = missed(await ask(1));
    await late.abandon();
    const waiting = ask(0);
    await delay(50);
    await current.store({ text: "current" }, hour);
    expect(textOf(await waiting)).toBe("current");
  });

  it("one who leaves while another process makes the reply gets his reason at once", async () => {
    const { ask } = await two();
    const leader = missed(await ask(0));
    const leaving = new AbortController();
    const left = ask(1, leaving.signal);
    await delay(50);
    const reason = new Error("gone");
    leaving.abort(reason);
    await expect(left).rejects.toBe(reason);
    await leader.store({ text: "x" }, hour);
    await eventually(async () => expect(textOf(await ask(1))).toBe("x"));
  });

  it("keeps no reply that is too large, or that JSON would change, but serves it to those who wait here", async () => {
    const { ask, stats } = await two({ maxEntryBytes: 1_000 });
    for (const reply of [
      { text: "x".repeat(1_000) },
      { value: { at: new Date(0) } },
      { value: Number.NaN },
    ]) {
      const leader = missed(await ask(0));
      const waiting = ask(0);
      await leader.store(reply, hour);
      expect(await waiting).toEqual({ state: "hit", reply });
      await missed(await ask(1)).abandon();
    }
    expect(stats(0)).toMatchObject({ failures: 0 });
  });
});

describe("redisResponseCache, poisoned", () => {
  let client: Redis;
  beforeAll(() => {
    client = new Redis(inject("redisUrl"));
  });
  afterAll(() => client.disconnect());

  const signal = new AbortController().signal;
  async function subject() {
    const prefix = ownPrefix();
    const cache = redisResponseCache({ client, prefix, timeoutMs: 10_000 });
    const entryOf = async (asked: typeof key, text: string) => {
      await missed(await cache.lookup(asked, { signal })).store({ text }, hour);
      const keys = await client.keys(`*${prefix}*`);
      for (const name of keys)
        if ((await client.get(name).catch(() => ""))?.includes(`"${text}"`)) return name;
      throw new Error("The reply is not stored.");
    };
    return { cache, entryOf };
  }

  it("ignores, deletes and counts what is broken, of another version, or of another owner", async () => {
    const { cache, entryOf } = await subject();
    const own = await entryOf(key, "own reply");
    const other = await entryOf({ partition: "tenant-b", key: "question" }, "other's reply");
    const whole = (await client.get(own)) ?? "";
    const poisons = [
      (await client.get(other)) ?? "",
      whole.slice(0, -5),
      "",
      "null",
      "[]",
      whole.replace('"version":1', '"version":2'),
      whole.replace('"text":"own reply"', '"text":7'),
      whole.replace('"text":"own reply"', '"usage":{"inputTokens":"many"}'),
      JSON.stringify({ ...JSON.parse(whole), reply: null }),
    ];
    for (const [index, poison] of poisons.entries()) {
      expect(poison).not.toBe(whole);
      await client.set(own, poison);
      await missed(await cache.lookup(key, { signal })).abandon();
      expect(await client.exists(own)).toBe(0);
      expect(cache.stats().poisoned).toBe(index + 1);
    }
    await client.del(own);
    await client.lpush(own, "a list");
    await missed(await cache.lookup(key, { signal })).abandon();
    expect(await client.exists(own)).toBe(0);
    expect(cache.stats()).toMatchObject({ poisoned: poisons.length + 1, failures: 0 });
  });

  it("names no partition and no question in its keys, and puts a question's keys in one slot", async () => {
    const { entryOf } = await subject();
    const name = await entryOf({ partition: "secret tenant", key: "secret question" }, "reply");
    expect(name).not.toContain("secret");
    expect(name).toMatch(/\{[\w-]{43}\}$/);
  });

  it("expires with its own time to live", async () => {
    const { entryOf } = await subject();
    expect(await client.pttl(await entryOf(key, "reply"))).toBeGreaterThan(hour - 60_000);
    expect(await client.pttl(await entryOf({ ...key, key: "b" }, "b's"))).toBeLessThanOrEqual(hour);
  });

  it("counts an entry as kept until it ends", async () => {
    const clock = manualClock();
    const cache = redisResponseCache({ client, clock, prefix: ownPrefix() });
    await missed(await cache.lookup(key, { signal })).store({ text: "x" }, 1_000);
    expect(cache.stats().size).toBe(1);
    await clock.advance(1_000);
    expect(cache.stats().size).toBe(0);
  });
});
