import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/manual-clock.js";
import { withKeepAlive } from "./keep-alive.js";

/** Frames that come when the test says so. */
function setUp() {
  const clock = manualClock();
  const waiting: ((frame: string | undefined) => void)[] = [];
  let finished = false;
  async function* frames() {
    try {
      for (;;) {
        const frame = await new Promise<string | undefined>((resolve) => waiting.push(resolve));
        if (frame === undefined) return;
        yield frame;
      }
    } finally {
      finished = true;
    }
  }
  let leaves = 0;
  const source = frames();
  const leave = () => {
    leaves++;
    void source.return();
  };
  const body = withKeepAlive(source, { intervalMs: 1000, clock, leave });
  const send = (frame?: string) => waiting.shift()?.(frame);
  return { clock, body, send, leaves: () => leaves, finished: () => finished };
}

const comment = { done: false, value: ": keep-alive\n\n" };

describe("withKeepAlive", () => {
  it("passes frames on in order, each once, with no comment while they come fast", async () => {
    const { body, send, clock } = setUp();
    for (const frame of ["a", "b", "c"]) {
      const next = body.next();
      await clock.advance(999);
      send(frame);
      expect(await next).toEqual({ done: false, value: frame });
    }
    const last = body.next();
    await clock.advance(0);
    send(undefined);
    expect(await last).toEqual({ done: true, value: undefined });
    expect(clock.pending).toBe(0);
  });

  it("sends a comment after each silent interval and then the frame that was awaited", async () => {
    const { body, send, clock } = setUp();
    for (let round = 0; round < 3; round++) {
      const next = body.next();
      await clock.advance(1000);
      expect(await next).toEqual(comment);
    }
    const next = body.next();
    send("late");
    expect(await next).toEqual({ done: false, value: "late" });
    await body.return();
    expect(clock.pending).toBe(0);
  });

  it("measures silence from the moment that a frame was asked for, with one timer for all of them", async () => {
    const { body, send, clock } = setUp();
    for (const frame of ["a", "b"]) {
      const next = body.next();
      await clock.advance(400);
      send(frame);
      expect(await next).toEqual({ done: false, value: frame });
      expect(clock.pending).toBe(1);
    }
    await clock.advance(5_000); // the consumer is busy: nobody is waiting for a comment
    expect(clock.pending).toBe(0);
    let silent = true;
    const next = body.next().finally(() => {
      silent = false;
    });
    await clock.advance(999);
    expect(silent).toBe(true);
    await clock.advance(1);
    expect(await next).toEqual(comment);
  });

  it("passes the frames' failure on, to whoever asks, and leaves no timer behind", async () => {
    const clock = manualClock();
    const frames = {
      next: () => Promise.reject(new Error("a defect")),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const body = withKeepAlive(frames, { intervalMs: 1000, clock, leave() {} });
    for (let ask = 0; ask < 2; ask++) await expect(body.next()).rejects.toThrow("a defect");
    expect(clock.pending).toBe(0);
  });

  it("stops at once while a frame is awaited, and lets nothing out afterwards", async () => {
    const { body, send, clock, leaves, finished } = setUp();
    const waiting = body.next();
    await clock.advance(10);
    await body.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(leaves()).toBe(1);
    expect(clock.pending).toBe(0);
    await body.return();
    expect(leaves()).toBe(1);
    send("too late");
    await clock.advance(5000);
    expect(finished()).toBe(true);
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it("does not stop what has ended by itself", async () => {
    const { body, send, clock, leaves } = setUp();
    const last = body.next();
    await clock.advance(0);
    send(undefined);
    await last;
    await body.return();
    expect(leaves()).toBe(0);
  });
});
