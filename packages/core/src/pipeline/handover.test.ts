import { describe, expect, it } from "vitest";
import { createHandover } from "./handover.js";

/** Resolves once everything that waits for nothing has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function readAll<Item, Result>(items: AsyncGenerator<Item, Result, void>) {
  const read: Item[] = [];
  for (;;) {
    const next = await items.next();
    if (next.done === true) return { read, result: next.value };
    read.push(next.value);
  }
}

describe("a handover", () => {
  it("yields what is given, in its order, and returns what came of the work", async () => {
    const { give, take } = createHandover<number>();
    const items = take(async () => {
      await give([1]);
      await give([]);
      await give([2, 3]);
      return "done";
    });
    expect(await readAll(items)).toEqual({ read: [1, 2, 3], result: "done" });
  });

  it("begins the work when it is first read, and goes on when the taker has come back", async () => {
    const { give, take } = createHandover<string>();
    const done: string[] = [];
    const items = take(async () => {
      done.push("begun");
      await give(["one", "two"]);
      done.push("taken");
      await give(["three"]);
    });
    await settled();
    expect(done).toEqual([]);
    await items.next();
    await items.next();
    await settled();
    expect(done).toEqual(["begun"]);
    expect(await items.next()).toEqual({ done: false, value: "three" });
    expect(done).toEqual(["begun", "taken"]);
  });

  it("throws what the work throws, after what was given", async () => {
    const { give, take } = createHandover<string>();
    const items = take(async () => {
      await give(["one"]);
      throw new Error("broken");
    });
    expect((await items.next()).value).toBe("one");
    await expect(items.next()).rejects.toThrow("broken");
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it("tells the work that its taker has gone, and waits for its end", async () => {
    const { give, take } = createHandover<string>();
    const ended: unknown[] = [];
    const items = take(async () => {
      const refused = await give(["one"]).catch((error: unknown) => error);
      await settled();
      ended.push(refused, await give(["two"]).catch((error: unknown) => error));
    });
    await items.next();
    await items.return(undefined as never); // never: nobody reads it
    expect(ended).toMatchObject([{ code: "aborted" }, { code: "aborted" }]);
  });

  it("fails what is being given, though nobody reads on", async () => {
    const { give, take, fail } = createHandover<string>();
    const reason = new Error("shut down");
    let seen: unknown;
    const items = take(async () => {
      seen = await give(["one"]).catch((error: unknown) => error);
      throw seen;
    });
    await items.next();
    fail(reason);
    await settled();
    expect(seen).toBe(reason);
    await expect(items.next()).rejects.toBe(reason);
  });

  it("gives on after what was being given has failed", async () => {
    const { give, take, fail } = createHandover<string>();
    const items = take(async () => {
      await give(["one"]).catch(() => {});
      await give(["two"]);
    });
    await items.next();
    fail(new Error("too late"));
    await settled();
    expect(await readAll(items)).toEqual({ read: ["two"], result: undefined });
  });

  it("refuses what is given before the taker has come back, instead of losing a part", async () => {
    const { give, take } = createHandover<string>();
    const items = take(async () => {
      const first = give(["one"]);
      const second = await give(["two"]).catch((error: unknown) => error);
      await first;
      return second;
    });
    expect(await readAll(items)).toMatchObject({ read: ["one"], result: { code: "internal" } });
  });

  it("waits on when what was given fails before the taker has it", async () => {
    const { give, take, fail } = createHandover<string>();
    const items = take(async () => {
      await settled();
      const first = give(["one"]).catch(() => {});
      fail(new Error("too late"));
      await first;
      await give(["two"]);
    });
    expect(await readAll(items)).toEqual({ read: ["two"], result: undefined });
  });
});
