import type { StoredEvent } from "@levqor/core/http";
import { manualClock } from "@levqor/core/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ownPrefix } from "../test-clients.test-support.js";
import { type RedisStreamStoreOptions, redisStreamStore } from "./redis-stream-store.js";

const eventsOf = (...ids: number[]): StoredEvent[] =>
  ids.map((id) => ({ id, text: `id: ${id}\ndata: ${"x".repeat(100)}\n\n` }));
const reading = (after = 0) => ({ after, signal: new AbortController().signal });

describe("redisStreamStore's bounds", () => {
  let client: Redis;
  beforeAll(() => {
    client = new Redis(inject("redisUrl"));
  });
  afterAll(() => client.disconnect());

  function subject(options: Partial<RedisStreamStoreOptions> = {}) {
    const prefix = ownPrefix();
    const store = redisStreamStore({ client, prefix, timeoutMs: 10_000, ...options });
    const write = async (name: string, ...ids: number[]) => {
      const writer = await store.open([name], { stop() {} });
      await writer.write(eventsOf(...ids));
      return writer;
    };
    const idsOf = async (name: string) => {
      const ids: number[] = [];
      for await (const { id } of (await store.read(name, reading())) ?? []) ids.push(id);
      return ids;
    };
    return { store, write, idsOf, keys: () => client.keys(`*${prefix}*`) };
  }

  it("a stream that grows too large can be stopped, but not replayed; who follows it is told", async () => {
    const stops: string[] = [];
    const { store } = subject({ maxStreamBytes: 1_000 });
    const writer = await store.open(["a"], { stop: () => void stops.push("a") });
    expect(await writer.write(eventsOf(1, 2, 3))).toBe("kept");
    const events = (await store.read("a", reading()))?.[Symbol.asyncIterator]();
    expect((await events?.next())?.value.id).toBe(1);
    expect(await writer.write(eventsOf(4, 5, 6))).toBe("outgrown");
    expect(await writer.write(eventsOf(7))).toBe("outgrown");
    const rest = async () => {
      for (let next = await events?.next(); next?.done === false; next = await events?.next());
    };
    await expect(rest()).rejects.toMatchObject({ code: "not_found" });
    expect(await store.read("a", reading())).toBeUndefined();
    await store.stop("a");
    expect(stops).toEqual(["a"]);
    await writer.close();
    expect(await store.read("a", reading())).toBeUndefined();
  });

  it("the stream that was over first gives way to a new one", async () => {
    const clock = manualClock();
    const { store, write, idsOf } = subject({ maxStreams: 2, clock });
    for (const name of ["a", "b"]) {
      await (await write(name, 1)).close();
      await clock.advance(10);
    }
    const running = await write("c", 1);
    expect(await store.read("a", reading())).toBeUndefined();
    expect(await idsOf("b")).toEqual([1]);
    await (await write("d", 1)).close();
    expect(await store.read("b", reading())).toBeUndefined();
    await running.close();
    expect(await idsOf("c")).toEqual([1]);
  });

  it("when all streams run, a new one is not kept; the place of one that died is free after its lease", async () => {
    const clock = manualClock();
    const { store, write } = subject({ maxStreams: 1, leaseMs: 60_000, clock });
    await write("a", 1);
    const second = await store.open(["b"], { stop() {} });
    expect(await second.write(eventsOf(1))).toBe("outgrown");
    await clock.advance(60_001);
    const third = await store.open(["c"], { stop() {} });
    expect(await third.write(eventsOf(1))).toBe("kept");
  });

  it("an event that is written twice is kept once, and a gap is refused", async () => {
    const { write, idsOf } = subject();
    const writer = await write("a", 1, 2);
    expect(await writer.write(eventsOf(1, 2))).toBe("kept");
    await expect(writer.write(eventsOf(4))).rejects.toMatchObject({ code: "not_found" });
    await writer.write(eventsOf(3));
    await writer.close();
    expect(await idsOf("a")).toEqual([1, 2, 3]);
  });

  it("every key expires: soon while the stream runs, later when it is over; nothing of a discarded one stays", async () => {
    const { write, keys } = subject({ leaseMs: 30_000, ttlMs: 300_000 });
    const writer = await write("a", 1);
    const lives = async () => {
      const names = (await keys()).filter((name) => !name.endsWith("streams"));
      expect(names.length).toBe(3);
      return await Promise.all(names.map((name) => client.pttl(name)));
    };
    for (const lifeMs of await lives()) expect(lifeMs).toBeGreaterThan(0);
    for (const lifeMs of await lives()) expect(lifeMs).toBeLessThanOrEqual(30_000);
    await writer.close();
    for (const lifeMs of await lives()) expect(lifeMs).toBeGreaterThan(200_000);
    const discarded = await write("b", 1);
    const before = (await keys()).length;
    await discarded.discard();
    expect((await keys()).length).toBe(before - 2);
  });

  it("a page is not the end: a thousand events are replayed in order", async () => {
    const { store, idsOf } = subject();
    const writer = await store.open(["a"], { stop() {} });
    const all = Array.from({ length: 1_000 }, (_, index) => index + 1);
    await writer.write(eventsOf(...all));
    await writer.close();
    expect(await idsOf("a")).toEqual(all);
  });
});
