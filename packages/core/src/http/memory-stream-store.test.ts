import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { manualClock } from "../testing/manual-clock.js";
import { type MemoryStreamStoreOptions, memoryStreamStore } from "./memory-stream-store.js";
import { createStreamShelf } from "./stream-shelf.js";
import type { StoredEvent, StreamWriter } from "./stream-store.js";
import { streamStoreContract } from "./stream-store-contract.js";

describe("contract", () => {
  for (const { name, run } of streamStoreContract) it(name, () => run(() => memoryStreamStore()));
});

/** An event that takes so many bytes. */
const event = (id: number, bytes: number): StoredEvent => ({ id, text: "x".repeat((bytes - 128) / 2) });

function setUp(options: MemoryStreamStoreOptions = {}) {
  const clock = manualClock();
  const store = memoryStreamStore({ clock, ...options });
  const open = (name: string, stop = () => {}) => store.open([name], { stop }) as StreamWriter;
  const put = async (name: string, bytes = 1000) => {
    const writer = open(name);
    const outcome = await writer.write([event(1, bytes)]);
    await writer.close();
    return outcome;
  };
  const { signal } = new AbortController();
  const has = async (name: string) => (await store.read(name, { after: 0, signal })) !== undefined;
  const kept = async (names: string) => {
    const found = await Promise.all([...names].map(has));
    return [...names].filter((_, index) => found[index]).join("");
  };
  const follow = async (name: string) => {
    const events = await store.read(name, { after: 0, signal });
    if (events === undefined) throw new Error(`there is no ${name}`);
    const ids: number[] = [];
    const end = (async () => {
      for await (const { id } of events) ids.push(id);
    })();
    return { ids, end };
  };
  return { clock, store, open, put, kept, follow };
}

const notKept = (error: unknown) => isGatewayError(error, "not_found");

describe("memoryStreamStore", () => {
  it("forgets the oldest stream that is over when there are too many, never one that runs", async () => {
    const { open, put, kept, store } = setUp({ maxStreams: 3 });
    const running = open("r");
    for (const name of "abcd") await put(name);
    expect(await kept("rabcd")).toBe("rcd");
    expect(store.stats()).toEqual({ streams: 3, bytes: 2000 });
    expect(await running.write([event(1, 1000)])).toBe("kept");
  });

  it("counts age from the end, not from the start", async () => {
    const { open, put, kept } = setUp({ maxStreams: 2 });
    const first = open("a");
    await first.write([event(1, 1000)]);
    await put("b");
    await first.close();
    await put("c");
    expect(await kept("abc")).toBe("ac");
  });

  it("makes room for bytes in the same way", async () => {
    const { open, put, kept, store } = setUp({ maxTotalBytes: 10_000 });
    for (const name of "abc") await put(name, 3000);
    const growing = open("g");
    expect(await growing.write([event(1, 3000)])).toBe("kept");
    expect(await kept("abcg")).toBe("bcg");
    expect(await growing.write([event(2, 6000)])).toBe("kept");
    expect(await kept("abcg")).toBe("g");
    expect(store.stats()).toEqual({ streams: 1, bytes: 9000 });
  });

  it("lets a stream that outgrows its bound go on, but not be replayed; its followers are told", async () => {
    const { open, kept, follow, store } = setUp({ maxStreamBytes: 10_000 });
    let stops = 0;
    const writer = open("a", () => stops++);
    expect(await writer.write([event(1, 6000)])).toBe("kept");
    const follower = await follow("a");
    const told = expect(follower.end).rejects.toSatisfy(notKept);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await writer.write([event(2, 6000)])).toBe("outgrown");
    await told;
    expect(follower.ids).toEqual([1]);
    expect(await writer.write([event(3, 128)])).toBe("outgrown");
    expect(await kept("a")).toBe("");
    expect(store.stats()).toEqual({ streams: 0, bytes: 0 });
    await store.stop("a");
    expect(stops).toBe(1);
    await writer.close();
    await store.stop("a");
    expect(stops).toBe(1);
  });

  it("keeps nothing of a stream that was forgotten, also when its name was given twice", async () => {
    const { store, put, kept } = setUp({ maxStreams: 1 });
    const writer = await store.open(["a", "a"], { stop() {} });
    await writer.write([event(1, 1000)]);
    await writer.close();
    await put("b");
    expect(await kept("ab")).toBe("b");
  });

  it("leaves a name with its new stream when the old one is forgotten", async () => {
    const { put, kept } = setUp({ maxStreams: 2 });
    for (const name of "aab") await put(name);
    expect(await kept("ab")).toBe("ab");
    await put("c");
    expect(await kept("abc")).toBe("bc");
  });

  it("keeps no name of a stream that is over and was not kept", async () => {
    const bounds = { maxStreams: 1, maxStreamBytes: 1000, maxTotalBytes: 1000, ttlMs: 1000 };
    const shelf = createStreamShelf(bounds, manualClock());
    const stream = shelf.begin(["a"], () => {});
    expect(shelf.write(stream, [event(1, 2000)])).toBe("outgrown");
    expect(shelf.find("a")).toBe(stream);
    shelf.end(stream);
    expect(shelf.find("a")).toBeUndefined();
  });

  it("lets the newcomer give way when only running streams fill it", async () => {
    const { open, kept, store } = setUp({ maxStreams: 1 });
    let stops = 0;
    open("a");
    const late = open("b", () => stops++);
    expect(await late.write([event(1, 1000)])).toBe("outgrown");
    expect(await kept("ab")).toBe("a");
    await store.stop("b");
    expect(stops).toBe(1);
    expect(store.stats()).toEqual({ streams: 1, bytes: 0 });
  });

  it("keeps a stream for its time after the end, and not longer", async () => {
    const { clock, open, put, kept, store } = setUp({ ttlMs: 1000 });
    const running = open("r");
    await put("a");
    await clock.advance(500);
    await put("b");
    await clock.advance(499);
    expect(await kept("rab")).toBe("rab");
    await clock.advance(1);
    expect(await kept("rab")).toBe("rb");
    await clock.advance(500);
    expect(await kept("rab")).toBe("r");
    expect(store.stats()).toEqual({ streams: 1, bytes: 0 });
    await running.close();
    expect(clock.pending).toBe(0);
  });

  it("tells a slow reader when the stream is forgotten under it", async () => {
    const { store, open, put } = setUp({ maxStreams: 1 });
    const writer = open("a");
    await writer.write([event(1, 1000), event(2, 1000)]);
    await writer.close();
    const events = await store.read("a", { after: 0, signal: new AbortController().signal });
    const reader = events?.[Symbol.asyncIterator]();
    expect((await reader?.next())?.value).toMatchObject({ id: 1 });
    await put("b");
    await expect(reader?.next()).rejects.toSatisfy(notKept);
  });

  it("stays within its bounds under 5,000 streams of which many are never closed", async () => {
    const bounds = { maxStreams: 50, maxStreamBytes: 20_000, maxTotalBytes: 200_000 };
    const { store, open } = setUp(bounds);
    const running: StreamWriter[] = [];
    for (let index = 0; index < 5_000; index += 1) {
      const writer = open(`stream ${index % 700}`);
      for (let id = 1; id <= index % 7; id += 1) await writer.write([event(id, 1000 * (1 + (index % 5)))]);
      if (index % 3 > 0) await writer.close();
      else running.push(writer);
      if (index % 11 === 0) await running.shift()?.discard();
      const { streams, bytes } = store.stats();
      expect(streams).toBeLessThanOrEqual(bounds.maxStreams);
      expect(bytes).toBeLessThanOrEqual(bounds.maxTotalBytes);
    }
    for (const writer of running) await writer.discard();
    for (let index = 0; index < 50; index += 1) await open(`last ${index}`).close();
    expect(store.stats()).toEqual({ streams: 50, bytes: 0 });
  });

  it.each(["maxStreams", "maxStreamBytes", "maxTotalBytes", "ttlMs"])(
    "refuses a %s that makes no sense",
    (name) => {
      for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => memoryStreamStore({ [name]: value })).toThrowError(
          expect.toSatisfy(
            (error) => isGatewayError(error, "invalid_config") && error.message.includes(name),
          ),
        );
      }
    },
  );
});
