import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { StoredEvent, StreamStore } from "./stream-store.js";

/** Makes an empty store that has room for a few small streams. */
export type CreateStreamStore = () => StreamStore | Promise<StreamStore>;

const eventsOf = (from: number, to: number, text = "event"): StoredEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    id: from + index,
    text: `id: ${from + index}\ndata: ${text} ${from + index}\n\n`,
  }));
const idsOf = (events: readonly StoredEvent[] | undefined) => events?.map(({ id }) => id);

/** A store, with readers that wait as long as they need. */
async function subject(create: CreateStreamStore) {
  const store = await create();
  const open = async (names: readonly string[], stop = () => {}) => store.open(names, { stop });
  const read = async (name: string, after = 0, signal = new AbortController().signal) =>
    store.read(name, { after, signal });
  const readAll = async (name: string, after = 0) => {
    const events = await read(name, after);
    return events && collect(events);
  };
  return { store, open, read, readAll };
}

async function collect(events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What every {@link StreamStore} keeps. */
export const streamStoreContract: readonly ContractCase<CreateStreamStore>[] = [
  {
    name: "replays a stream that is over, whole and from after each of its events",
    async run(create) {
      const { open, readAll } = await subject(create);
      const written = [...eventsOf(1, 3), ...eventsOf(4, 5, "naïve 長い \u{1f600} \\n \u2028 \0")];
      const writer = await open(["a"]);
      assert.equal(await writer.write(written.slice(0, 2)), "kept");
      assert.equal(await writer.write(written.slice(2)), "kept");
      await writer.close();
      for (let after = 0; after < 5; after += 1) {
        assert.deepEqual(await readAll("a", after), written.slice(after));
      }
    },
  },
  {
    name: "has nothing for a name without a stream, past the end, or after an event that never was",
    async run(create) {
      const { open, read, readAll } = await subject(create);
      assert.equal(await read("a"), undefined);
      const writer = await open(["a"]);
      await writer.write(eventsOf(1, 2));
      assert.equal(await read("a", 3), undefined);
      await writer.close();
      assert.equal(await read("a", 2), undefined);
      assert.equal(await read("a", 3), undefined);
      assert.deepEqual(idsOf(await readAll("a", 1)), [2]);
    },
  },
  {
    name: "a reader follows a stream that runs, from its first event to its end",
    async run(create) {
      const { open, read } = await subject(create);
      const writer = await open(["a"]);
      const early = collect((await read("a")) ?? assert.fail("the stream has not begun"));
      await writer.write(eventsOf(1, 2));
      const atTheTip = collect((await read("a", 2)) ?? assert.fail("the stream is running"));
      await writer.write(eventsOf(3, 3));
      await writer.write(eventsOf(4, 6));
      await writer.close();
      assert.deepEqual(await early, eventsOf(1, 6));
      assert.deepEqual(await atTheTip, eventsOf(3, 6));
    },
  },
  {
    name: "20 readers of one stream, wherever they begin, each get every event once and in order",
    async run(create) {
      const { open, read } = await subject(create);
      const writer = await open(["a"]);
      const readers: Promise<StoredEvent[]>[] = [];
      for (let id = 1; id <= 20; id += 1) {
        await writer.write(eventsOf(id, id));
        readers.push(collect((await read("a", id - 1)) ?? assert.fail("the stream is running")));
      }
      await writer.close();
      for (const [index, events] of (await Promise.all(readers)).entries()) {
        assert.deepEqual(events, eventsOf(index + 1, 20));
      }
    },
  },
  {
    name: "a stream is found under all its names, and a name belongs to the latest stream that took it",
    async run(create) {
      const { open, readAll } = await subject(create);
      const first = await open(["request-1", "chat"]);
      await first.write(eventsOf(1, 2));
      assert.equal(await first.close(), undefined);
      const second = await open(["request-2", "chat"]);
      await second.write(eventsOf(1, 1, "second"));
      await second.close();
      assert.deepEqual(await readAll("request-1"), eventsOf(1, 2));
      for (const name of ["request-2", "chat"])
        assert.deepEqual(await readAll(name), eventsOf(1, 1, "second"));
    },
  },
  {
    name: "a stream that has lost its name does not disturb the one that took it, and serves those who read it",
    async run(create) {
      const { open, read, readAll } = await subject(create);
      const first = await open(["a"]);
      const reader = collect((await read("a")) ?? assert.fail("the stream is running"));
      const second = await open(["a"]);
      await second.write(eventsOf(1, 1, "second"));
      await first.write(eventsOf(1, 2));
      await first.close();
      await second.close();
      assert.deepEqual(await reader, eventsOf(1, 2));
      assert.deepEqual(await readAll("a"), eventsOf(1, 1, "second"));
    },
  },
  {
    name: "a name that is given twice is one name",
    async run(create) {
      const { open, readAll } = await subject(create);
      for (const text of ["first", "second"]) {
        const writer = await open(["a", "a"]);
        await writer.write(eventsOf(1, 1, text));
        await writer.close();
      }
      assert.deepEqual(await readAll("a"), eventsOf(1, 1, "second"));
    },
  },
  {
    name: "takes names as they are: none is another one, whatever is in it",
    async run(create) {
      const { open, readAll } = await subject(create);
      const names = ['["a",null]', '["a","null"]', "a:b", "a", "*", "a*", " a", "A", "__proto__", "長い"];
      for (const [index, name] of names.entries()) {
        const writer = await open([name]);
        await writer.write(eventsOf(1, 1, String(index)));
        await writer.close();
      }
      for (const [index, name] of names.entries())
        assert.deepEqual(await readAll(name), eventsOf(1, 1, String(index)));
    },
  },
  {
    name: "stops a stream that runs, under any of its names, and no other",
    async run(create) {
      const { store, open } = await subject(create);
      const stopped: string[] = [];
      await open(["a", "chat"], () => stopped.push("a"));
      const over = await open(["b"], () => stopped.push("b"));
      await open(["c"], () => stopped.push("c"));
      await over.close();
      for (const name of ["b", "nothing", "a"]) await store.stop(name);
      assert.deepEqual(stopped, ["a"]);
      await store.stop("chat");
      assert.deepEqual(stopped, ["a", "a"]);
    },
  },
  {
    name: "forgets what is discarded; whoever follows it is told",
    async run(create) {
      const { store, open, read } = await subject(create);
      let stops = 0;
      const writer = await open(["a"], () => {
        stops += 1;
      });
      const reader = collect((await read("a")) ?? assert.fail("the stream is running"));
      const told = assert.rejects(reader, (error) => isGatewayError(error, "not_found"));
      await writer.discard();
      await told;
      assert.equal(await read("a"), undefined);
      await store.stop("a");
      assert.equal(stops, 0);
    },
  },
  {
    name: "a reader that leaves ends without an error, leaves no listener and disturbs nobody",
    async run(create) {
      const { open, read } = await subject(create);
      const writer = await open(["a"]);
      await writer.write(eventsOf(1, 1));
      const leaving = new AbortController();
      const left = collect((await read("a", 0, leaving.signal)) ?? assert.fail("the stream is running"));
      const stayed = collect((await read("a")) ?? assert.fail("the stream is running"));
      await new Promise((resolve) => setImmediate(resolve));
      leaving.abort();
      assert.ok((await left).length <= 1);
      assert.equal(getEventListeners(leaving.signal, "abort").length, 0);
      await writer.write(eventsOf(2, 2));
      await writer.close();
      assert.deepEqual(await stayed, eventsOf(1, 2));
    },
  },
  {
    name: "a reader that followed to the end leaves no listener",
    async run(create) {
      const { open, read } = await subject(create);
      const writer = await open(["a"]);
      const { signal } = new AbortController();
      const events = (await read("a", 0, signal)) ?? assert.fail("the stream is running");
      const reader = events[Symbol.asyncIterator]();
      for (let id = 1; id <= 5; id += 1) {
        const next = reader.next();
        await new Promise((resolve) => setImmediate(resolve));
        await writer.write(eventsOf(id, id));
        assert.deepEqual((await next).value, eventsOf(id, id)[0]);
      }
      await writer.close();
      assert.equal((await reader.next()).done, true);
      assert.equal(getEventListeners(signal, "abort").length, 0);
    },
  },
  {
    name: "closing twice is closing once",
    async run(create) {
      const { open, readAll } = await subject(create);
      const writer = await open(["a"]);
      await writer.write(eventsOf(1, 1));
      await writer.close();
      await writer.close();
      assert.deepEqual(await readAll("a"), eventsOf(1, 1));
    },
  },
];
