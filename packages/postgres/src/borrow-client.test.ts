import { EventEmitter } from "node:events";
import { unrefClock } from "@levqor/core/node";
import { describe, expect, it } from "vitest";
import { borrowClient } from "./borrow-client.js";
import { deadlineIn } from "./deadline.js";
import type { PostgresClient, PostgresPool } from "./postgres-pool.js";

/** A connection that only emits events; an emitter throws for an error that nobody listens to. */
function fakeClient() {
  const released: unknown[] = [];
  const client = Object.assign(new EventEmitter(), {
    query: async () => ({ rows: [] }),
    release: (error?: unknown) => void released.push(error),
  });
  return { client, released };
}
const soon = () => deadlineIn(1_000, unrefClock);

describe("borrowClient", () => {
  it("outlives a connection that breaks before it is handed over, and after", async () => {
    const { client } = fakeClient();
    const pool = Object.assign(new EventEmitter(), {
      async connect(): Promise<PostgresClient> {
        pool.emit("connect", client); // what `pg` does with a new one
        expect(() => client.emit("error", new Error("broke at once"))).not.toThrow();
        return client;
      },
    });
    await borrowClient(pool, soon());
    expect(() => client.emit("error", new Error("broke later"))).not.toThrow();
    expect(() => pool.emit("error", new Error("broke while idle"))).not.toThrow();
  });

  it("listens once to each, however often it is borrowed", async () => {
    const { client } = fakeClient();
    const pool = Object.assign(new EventEmitter(), { connect: async () => client });
    for (let round = 0; round < 20; round++) await borrowClient(pool, soon());
    expect(client.listenerCount("error")).toBe(1);
    expect(pool.listenerCount("error")).toBe(1);
  });

  it("gives back what comes too late", async () => {
    const { client, released } = fakeClient();
    let hand: (given: PostgresClient) => void = () => {};
    const pool: PostgresPool = { connect: () => new Promise((resolve) => (hand = resolve)) };
    await expect(borrowClient(pool, deadlineIn(5, unrefClock))).rejects.toThrow("within 5 ms");
    hand(client);
    await expect.poll(() => released).toEqual([undefined]);
  });
});
