import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { type HedgeAttempt, type HedgeOptions, hedged } from "./hedge.js";

interface Attempt {
  readonly name: HedgeAttempt;
  readonly signal: AbortSignal;
  succeed(result: string): void;
  fail(reason: unknown): void;
}

let clock: ManualClock;
let caller: AbortController;
let attempts: Attempt[];
let discarded: string[];

beforeEach(() => {
  clock = manualClock();
  caller = new AbortController();
  attempts = [];
  discarded = [];
});

/** An attempt that ends when it is told to, and does not mind its signal. */
const deaf = (signal: AbortSignal, name: HedgeAttempt) =>
  new Promise<string>((succeed, fail) => attempts.push({ name, signal, succeed, fail }));

/** The same, but it fails with its signal's reason. */
const obedient = (signal: AbortSignal, name: HedgeAttempt) => {
  const opened = deaf(signal, name);
  const own = attempts.at(-1);
  signal.addEventListener("abort", () => own?.fail(signal.reason));
  return opened;
};

const start = (options: Partial<HedgeOptions<string>> = {}) => {
  const running = hedged<string>({
    open: obedient,
    delayMs: 100,
    clock,
    signal: caller.signal,
    mayHedge: async () => true,
    discard: (result) => void discarded.push(result),
    ...options,
  });
  running.catch(() => {}); // looked at later
  return running;
};
const throwing = (message: string) => () => {
  throw new Error(message);
};

/** A question whose answer is given by hand. */
function askedLater() {
  let answer: (may: boolean) => void = () => {};
  const answered = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  return { answer, mayHedge: () => answered };
}
const names = () => attempts.map(({ name }) => name);
const isAborted = (index: number) => attempts[index]?.signal.aborted;
const listeners = () => getEventListeners(caller.signal, "abort").length;

describe("hedged, while the first attempt is quick", () => {
  it("opens no second one, and leaves no timer", async () => {
    const running = start();
    await clock.advance(99);
    attempts[0]?.succeed("one");
    await expect(running).resolves.toMatchObject({ result: "one", attempt: "first" });
    expect(clock.pending).toBe(0);
    await clock.advance(1000);
    expect(names()).toEqual(["first"]);
    expect(isAborted(0)).toBe(false);
  });

  it("throws its failure at once", async () => {
    const failure = new Error("down");
    const running = start();
    await clock.advance(50);
    attempts[0]?.fail(failure);
    await expect(running).rejects.toBe(failure);
    await clock.advance(1000);
    expect(names()).toEqual(["first"]);
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("throws what an attempt throws before it has a promise", async () => {
    await expect(start({ open: throwing("at once") })).rejects.toThrow("at once");
  });
});

describe("hedged, when the first attempt is slow", () => {
  it("opens exactly one more, each with a signal of its own", async () => {
    const running = start();
    await clock.advance(100);
    expect(names()).toEqual(["first", "second"]);
    expect(attempts[0]?.signal).not.toBe(attempts[1]?.signal);
    await clock.advance(10_000);
    expect(names()).toEqual(["first", "second"]);
    attempts[1]?.succeed("two");
    await expect(running).resolves.toMatchObject({ result: "two", attempt: "second" });
  });

  it.each([
    [0, 1, "first"],
    [1, 0, "second"],
  ] as const)("takes what succeeds first (%i) and aborts the other (%i)", async (winner, loser, attempt) => {
    const running = start();
    await clock.advance(100);
    attempts[winner]?.succeed("won");
    await expect(running).resolves.toMatchObject({ result: "won", attempt });
    expect([isAborted(winner), isAborted(loser), discarded]).toEqual([false, true, []]);
    expect(isGatewayError(attempts[loser]?.signal.reason, "aborted")).toBe(true);
  });

  it("waits for a loser that goes on at the release only, and discards what it brings", async () => {
    const running = start({ open: deaf });
    await clock.advance(100);
    attempts[1]?.succeed("two");
    const { result, release } = await running;
    expect([result, discarded, listeners()]).toEqual(["two", [], 1]);
    const released = vi.fn();
    void release().then(released);
    await clock.advance(0);
    expect([released.mock.calls.length, listeners()]).toEqual([0, 0]);
    attempts[0]?.succeed("one");
    await clock.advance(0);
    expect([released.mock.calls.length, discarded]).toEqual([1, ["one"]]);
  });

  it.each([
    ["succeeds", () => {}],
    ["throws", throwing("discard")],
    ["rejects", () => Promise.reject(new Error("discard"))],
  ])("discards the later of two that succeed in the same moment, also when that %s", async (_, end) => {
    const discard = vi.fn(end);
    const running = start({ open: deaf, discard });
    await clock.advance(100);
    attempts[1]?.succeed("two");
    attempts[0]?.succeed("one");
    await expect(running).resolves.toMatchObject({ result: "two" });
    await clock.advance(0);
    expect(discard.mock.calls).toEqual([["one"]]);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])("waits for the other when one fails (%i)", async (failing, other) => {
    const running = start();
    const settled = vi.fn();
    running.then(settled, settled);
    await clock.advance(100);
    attempts[failing]?.fail(new Error("down"));
    await clock.advance(5000);
    expect(settled).not.toHaveBeenCalled();
    expect(isAborted(other)).toBe(false);
    attempts[other]?.succeed("late");
    await expect(running).resolves.toMatchObject({ result: "late" });
    expect(names()).toEqual(["first", "second"]);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])("throws the first attempt's failure when both fail (%i, then %i)", async (earlier, later) => {
    const running = start();
    await clock.advance(100);
    attempts[earlier]?.fail(new Error(`attempt ${earlier}`));
    attempts[later]?.fail(new Error(`attempt ${later}`));
    await expect(running).rejects.toThrow("attempt 0");
    expect([listeners(), clock.pending]).toEqual([0, 0]);
  });
});

describe("hedged asks whether it may", () => {
  it.each([
    ["no", async () => false],
    ["nothing, because it fails", () => Promise.reject(new Error("store down"))],
    ["nothing, because it throws", throwing("defect")],
  ])("and stays with one attempt when the answer is %s", async (_, mayHedge) => {
    const running = start({ mayHedge });
    await clock.advance(10_000);
    expect(names()).toEqual(["first"]);
    attempts[0]?.succeed("one");
    await expect(running).resolves.toMatchObject({ result: "one", attempt: "first" });
  });

  it("only once, and only when the first attempt is slow", async () => {
    const mayHedge = vi.fn(async () => true);
    void start({ mayHedge });
    await clock.advance(99);
    expect(mayHedge).not.toHaveBeenCalled();
    await clock.advance(10_000);
    expect(mayHedge).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["succeeds", (attempt: Attempt) => attempt.succeed("one")],
    ["fails", (attempt: Attempt) => attempt.fail(new Error("down"))],
  ])("and does not wait for the answer when the first attempt %s meanwhile", async (end, settle) => {
    const asked = askedLater();
    const running = start({ mayHedge: asked.mayHedge });
    await clock.advance(100);
    settle(attempts[0] as Attempt);
    await (end === "fails" ? expect(running).rejects.toThrow("down") : running);
    asked.answer(true);
    await clock.advance(1000);
    expect(names()).toEqual(["first"]);
  });
});

describe("hedged, when the caller aborts", () => {
  const reason = new Error("gone");

  it("opens nothing when that was before", async () => {
    caller.abort(reason);
    await expect(start()).rejects.toBe(reason);
    expect(attempts).toEqual([]);
  });

  it.each([50, 100])("after %i ms: reaches all attempts and throws the reason", async (afterMs) => {
    const running = start();
    await clock.advance(afterMs);
    caller.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(attempts.map(({ signal }) => signal.reason)).toEqual(attempts.map(() => reason));
    await clock.advance(1000);
    expect(attempts).toHaveLength(afterMs < 100 ? 1 : 2);
    expect([listeners(), clock.pending]).toEqual([0, 0]);
  });

  it("throws its reason also when attempts fail otherwise", async () => {
    const running = start({ open: deaf });
    await clock.advance(100);
    caller.abort(reason);
    attempts[0]?.fail(new Error("socket closed"));
    attempts[1]?.fail(new Error("socket closed"));
    await expect(running).rejects.toBe(reason);
  });

  it("discards what still succeeds", async () => {
    const running = start({ open: deaf });
    await clock.advance(100);
    caller.abort(reason);
    attempts[1]?.succeed("two");
    await clock.advance(0);
    attempts[0]?.succeed("one");
    await expect(running).rejects.toBe(reason);
    expect(discarded).toEqual(["two", "one"]);
    expect(listeners()).toBe(0);
  });

  it("opens no second attempt when it may only after the abort", async () => {
    const asked = askedLater();
    const running = start({ open: deaf, mayHedge: asked.mayHedge });
    await clock.advance(100);
    caller.abort(reason);
    asked.answer(true);
    await clock.advance(100);
    expect(names()).toEqual(["first"]);
    attempts[0]?.fail(reason);
    await expect(running).rejects.toBe(reason);
  });

  it.each(["first", "second"] as const)(
    "still reaches the winner (%s), until it is released",
    async (name) => {
      const running = start();
      await clock.advance(100);
      const winner = attempts.find((attempt) => attempt.name === name);
      winner?.succeed("won");
      const { release } = await running;
      expect(listeners()).toBe(1);
      caller.abort(reason);
      expect(winner?.signal.reason).toBe(reason);
      await release();
    },
  );

  it("does not reach the winner after its release", async () => {
    const running = start();
    await clock.advance(0);
    attempts[0]?.succeed("one");
    await (await running).release();
    expect(listeners()).toBe(0);
    caller.abort(reason);
    expect(isAborted(0)).toBe(false);
  });
});
