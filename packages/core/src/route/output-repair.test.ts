import { beforeEach, describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import type { AttemptReport, RouteRequest, RouteResult } from "./router.js";
import {
  type Asked,
  askedOf,
  inWords,
  readWords,
  routerOver,
  targetsOf,
} from "./router-over.test-support.js";

let clock: ManualClock;
let reports: AttemptReport[];

beforeEach(() => {
  clock = manualClock();
  reports = [];
});

const fake = (...replies: FakeReply[]) => fakeProvider(replies);
const down = new GatewayError("provider_unavailable", "down");

const routerFor = (providers: readonly ReturnType<typeof fake>[], outputRepair = true) =>
  inWords(
    routerOver(providers, {
      targets: targetsOf(providers, 1),
      retry: { maxRetries: 3, baseDelayMs: 0, maxDelayMs: 0 },
      outputRepair,
      clock,
    }),
  );

const structured: RouteRequest["request"] = {
  prompt: { system: "Score.", messages: [{ role: "user", content: "Go" }] },
  responseFormat: { name: "score", schema: { properties: { score: {} } } },
  maxOutputTokens: 10,
  temperature: 0,
  incremental: false,
};

const toRequest = (changes: Partial<Asked> = {}): Asked =>
  askedOf((report) => reports.push(report))({
    request: structured,
    local: async () => ({ value: { score: 0 } }),
    async accept({ text }) {
      const cause = { places: [["score"]] };
      if (text?.startsWith("bad")) throw new GatewayError("invalid_output", "bad", { cause });
    },
    ...changes,
  });

const finish = async (words: AsyncGenerator<string, RouteResult, void>) => (await readWords(words)).result;

/** Has money, but may not be asked about a repair. */
const notForRepair: RouteRequest["affords"] = async (_, { repairMessages } = {}) => {
  expect(repairMessages).toBeUndefined();
  return true;
};
const attempts = () => reports.map(({ outcome, repairMessages }) => [outcome, repairMessages !== undefined]);

describe("output repair", () => {
  it("sends a misfit back to its model, with the places", async () => {
    const provider = fake({ text: "bad 1" }, { text: "good" });
    const second = fake({ text: "never" });
    const result = await finish(routerFor([provider, second]).route(toRequest()));
    expect(result).toMatchObject({ reply: { text: "good" }, source: "model", degraded: undefined });
    expect(provider.requests[1]?.prompt).toEqual({
      system: "Score.",
      messages: [
        { role: "user", content: "Go" },
        { role: "assistant", content: "bad 1" },
        { role: "user", content: expect.stringContaining("at: score.") },
      ],
    });
    expect(provider.requests[1]).toMatchObject({
      responseFormat: structured.responseFormat,
      maxOutputTokens: 10,
    });
    expect(attempts()).toEqual([
      ["invalid_output", false],
      ["ok", true],
    ]);
    expect(second.requests).toHaveLength(0);
  });

  it("asks once a call, over all targets; then the next target, then the local answer", async () => {
    const first = fake({ text: "bad 1" }, { text: "bad 2" });
    const second = fake({ text: "bad 3" });
    const result = await finish(routerFor([first, second]).route(toRequest()));
    expect(result).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(attempts()).toEqual([
      ["invalid_output", false],
      ["invalid_output", true],
      ["invalid_output", false],
    ]);
    expect(first.requests).toHaveLength(2);
    expect(second.requests).toHaveLength(1);
    expect(second.requests[0]?.prompt.messages).toHaveLength(1);
  });

  it("asks every call anew", async () => {
    const provider = fake({ text: "bad 1" }, { text: "good" }, { text: "bad 2" }, { text: "better" });
    const router = routerFor([provider]);
    expect((await finish(router.route(toRequest()))).reply.text).toBe("good");
    expect((await finish(router.route(toRequest()))).reply.text).toBe("better");
  });

  it("does not retry a repair that fails; the misfit stands", async () => {
    const provider = fake({ text: "bad" }, { error: down });
    const result = await finish(routerFor([provider]).route(toRequest()));
    expect(result.degraded).toBe("invalid_output");
    expect(attempts()).toEqual([
      ["invalid_output", false],
      ["provider_unavailable", true],
    ]);
    const withoutLocal = finish(
      routerFor([fake({ text: "bad" }, { error: down })]).route(toRequest({ local: undefined })),
    );
    await expect(withoutLocal).rejects.toMatchObject({ code: "invalid_output" });
  });

  it("repairs the reply of a later target, and that after retries", async () => {
    const second = fake({ error: down }, { text: "bad" }, { text: "good" });
    const rejected = new GatewayError("provider_rejected", "400");
    const result = await finish(routerFor([fake({ error: rejected }), second]).route(toRequest()));
    expect(result.reply.text).toBe("good");
    expect(second.requests).toHaveLength(3);
  });

  it("does nothing when it is switched off", async () => {
    const provider = fake({ text: "bad" });
    expect((await finish(routerFor([provider], false).route(toRequest()))).degraded).toBe("invalid_output");
    expect(provider.requests).toHaveLength(1);
  });

  it("makes no repair that the money does not cover, and says what it would send", async () => {
    const provider = fake({ text: "bad" });
    const asked: unknown[] = [];
    const affords: RouteRequest["affords"] = async (_, { repairMessages } = {}) => {
      asked.push(repairMessages?.length);
      return repairMessages === undefined;
    };
    const result = await finish(routerFor([provider]).route(toRequest({ affords })));
    expect(result.degraded).toBe("invalid_output");
    expect(provider.requests).toHaveLength(1);
    expect(asked).toEqual([undefined, 2]);
  });

  it("makes no repair when the time is over", async () => {
    const provider = fake({ text: "bad" });
    const late = toRequest({
      affords: notForRepair,
      async accept() {
        await clock.advance(15_000);
        throw new GatewayError("invalid_output", "late");
      },
      local: undefined,
    });
    await expect(finish(routerFor([provider]).route(late))).rejects.toThrow("late");
    expect(provider.requests).toHaveLength(1);
  });

  it("ends a repair that is silent at the call's deadline", async () => {
    const provider = fake({ text: "bad" }, { hangs: true });
    const reading = finish(routerFor([provider]).route(toRequest()));
    await clock.advance(5_000);
    expect((await reading).degraded).toBe("invalid_output");
    expect(attempts().at(-1)).toEqual(["provider_timeout", true]);
    expect(provider.running).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("makes no repair after the caller's abort", async () => {
    const controller = new AbortController();
    const provider = fake({ text: "bad" });
    const aborting = toRequest({
      affords: notForRepair,
      signal: controller.signal,
      async accept() {
        controller.abort(new Error("gone"));
        throw new GatewayError("invalid_output", "bad");
      },
    });
    await expect(finish(routerFor([provider]).route(aborting))).rejects.toThrow("bad");
    expect(provider.requests).toHaveLength(1);
  });

  it("ends a repair when the caller aborts", async () => {
    const controller = new AbortController();
    const provider = fake({ text: "bad" }, { hangs: true });
    const second = fake({ text: "never" });
    const reading = finish(routerFor([provider, second]).route(toRequest({ signal: controller.signal })));
    reading.catch(() => {});
    await clock.advance(0);
    expect(provider.requests).toHaveLength(2);
    controller.abort(new Error("gone"));
    await expect(reading).rejects.toThrow("gone");
    expect(attempts().at(-1)).toEqual(["aborted", true]);
    expect(second.requests).toHaveLength(0);
  });

  it.each([true, false])("leaves text tasks alone, streamed or not: %s", async (incremental) => {
    const provider = fake({ text: "bad" });
    const request = { ...structured, responseFormat: undefined, incremental };
    const reading = finish(routerFor([provider]).route(toRequest({ request })));
    if (incremental) await expect(reading).rejects.toThrow("bad");
    else expect((await reading).degraded).toBe("invalid_output");
    expect(provider.requests).toHaveLength(1);
  });

  it("tells the reader that a reply was cut off", async () => {
    const seen: unknown[] = [];
    const cutting = {
      ...fake(),
      async *stream() {
        yield { type: "text-delta" as const, delta: "{" };
        yield { type: "finish" as const, reason: "length" as const };
      },
    };
    await finish(routerFor([cutting]).route(toRequest({ accept: async (reply) => void seen.push(reply) })));
    expect(seen).toEqual([{ text: "{", cutOff: true }]);
  });
});
