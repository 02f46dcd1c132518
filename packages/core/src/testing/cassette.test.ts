import { describe, expect, it } from "vitest";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent, ProviderRequest } from "../provider/provider.js";
import type { Cassette } from "./cassette.js";
import { chaosProvider } from "./chaos-provider.js";
import { type FakeReply, fakeProvider } from "./fake-provider.js";
import { manualClock } from "./manual-clock.js";
import { recordProvider } from "./record-provider.js";
import { replayProvider } from "./replay-provider.js";

const toRequest = (content: string, system?: string): ProviderRequest => ({
  model: "gpt-4o-mini",
  prompt: { system, messages: [{ role: "user", content }] },
  maxOutputTokens: 16,
  temperature: 0,
  responseFormat: undefined,
  incremental: true,
});
const never = new AbortController().signal;

async function collect(provider: Provider, request: ProviderRequest, signal = never) {
  const events: ProviderEvent[] = [];
  for await (const event of provider.stream(request, { signal })) events.push(event);
  return events;
}

/** As it is after a night in a file. */
const stored = (cassette: Cassette): Cassette => JSON.parse(JSON.stringify(cassette));

/** A cassette of these replies to the same question. */
async function recorded(replies: readonly FakeReply[], request = toRequest("Hi")) {
  const { provider, cassette } = recordProvider(fakeProvider(replies), { clock: manualClock() });
  for (const _ of replies) await collect(provider, request).catch(() => {});
  return stored(cassette);
}

/** Waits on the clock before each piece. */
function slowly(everyMs: number) {
  const clock = manualClock();
  const wrapped = fakeProvider([{ text: ["one", "two"] }], { name: "acme" });
  return { clock, provider: chaosProvider(wrapped, { plan: [{ fault: "drip", everyMs }], clock }) };
}

describe("recordProvider", () => {
  it("writes down what was asked, what came, when, and how it ended", async () => {
    const { clock, provider: slow } = slowly(100);
    const { provider, cassette } = recordProvider(slow, { clock });
    const asked = collect(provider, toRequest("Count."));
    await clock.advance(300);
    expect(await asked).toHaveLength(3);
    expect(stored(cassette)).toEqual({
      name: "acme",
      model: "gpt-4o-mini",
      recordings: [
        {
          request: stored({ ...cassette }).recordings[0]?.request,
          events: [
            { atMs: 100, event: { type: "text-delta", delta: "one" } },
            { atMs: 200, event: { type: "text-delta", delta: "two" } },
            {
              atMs: 300,
              event: {
                type: "finish",
                reason: "stop",
                usage: { inputTokens: 10, outputTokens: 5, source: "reported" },
              },
            },
          ],
          end: { kind: "done", atMs: 300 },
        },
      ],
    });
    expect(cassette.recordings[0]?.request).toEqual(toRequest("Count."));
  });

  it("keeps the code and the asked wait of a failure, not its words", async () => {
    const limited = new GatewayError("provider_rate_limited", "CANARY", { details: { retryAfterMs: 7000 } });
    const down = new GatewayError("provider_unavailable", "CANARY");
    const rude = new RangeError("CANARY") as GatewayError; // as: what a provider must not throw
    const cassette = await recorded([{ error: limited }, { text: "half", error: down }, { error: rude }]);
    expect(cassette.recordings.map(({ end }) => end)).toEqual([
      { kind: "failed", atMs: 0, code: "provider_rate_limited", retryAfterMs: 7000 },
      { kind: "failed", atMs: 0, code: "provider_unavailable" },
      { kind: "failed", atMs: 0, code: "provider_unavailable" },
    ]);
    expect(JSON.stringify(cassette)).not.toContain("CANARY");
  });

  it("hands failures on as they are", async () => {
    const down = new GatewayError("provider_unavailable", "down");
    const { provider } = recordProvider(fakeProvider([{ error: down }]));
    await expect(collect(provider, toRequest("Hi"))).rejects.toBe(down);
  });

  it("notes a call that its reader left", async () => {
    const { provider, cassette } = recordProvider(fakeProvider([{ text: ["one", "two"] }]));
    for await (const _ of provider.stream(toRequest("Hi"), { signal: never })) break;
    expect(cassette.recordings[0]).toMatchObject({ events: [{}], end: { kind: "left" } });
  });

  it("keeps the request as it was when it was asked", async () => {
    const { provider, cassette } = recordProvider(fakeProvider([{ text: "one" }]));
    const messages = [{ role: "user" as const, content: "Hi" }];
    await collect(provider, { ...toRequest(""), prompt: { messages } });
    messages.push({ role: "user", content: "later" });
    expect(cassette.recordings[0]?.request.prompt.messages).toHaveLength(1);
  });
});

describe("replayProvider", () => {
  it("gives the same request what it got, in the order of the recordings", async () => {
    const limited = new GatewayError("provider_rate_limited", "429", { details: { retryAfterMs: 7000 } });
    const live = fakeProvider([{ error: limited }, { text: ["o", "ne"] }], { name: "acme" });
    const { provider, cassette } = recordProvider(live);
    await collect(provider, toRequest("Hi")).catch(() => {});
    const events = await collect(provider, toRequest("Hi"));
    const replay = replayProvider(stored(cassette));
    expect(replay).toMatchObject({ name: "acme", model: "gpt-4o-mini" });
    await expect(collect(replay, toRequest("Hi"))).rejects.toSatisfy(
      (error) => isGatewayError(error, "provider_rate_limited") && error.details.retryAfterMs === 7000,
    );
    expect(await collect(replay, toRequest("Hi"))).toEqual(events);
  });

  it("knows a request whatever the order of its keys", async () => {
    const cassette = await recorded([{ text: "one" }]);
    const { model, ...rest } = toRequest("Hi");
    expect(await collect(replayProvider(cassette), { ...rest, model })).toHaveLength(2);
  });

  it("keeps the recorded times, or none", async () => {
    const { clock, provider: slow } = slowly(100);
    const { provider, cassette } = recordProvider(slow, { clock });
    const recording = collect(provider, toRequest("Hi"));
    await clock.advance(300);
    await recording;
    const replay = replayProvider(cassette, { clock, timing: "recorded" });
    let ended = false;
    const replayed = collect(replay, toRequest("Hi")).then(() => (ended = true));
    await clock.advance(299);
    expect(ended).toBe(false);
    await clock.advance(1);
    expect(await replayed).toBe(true);
    expect(await collect(replayProvider(cassette, { clock }), toRequest("Hi"))).toHaveLength(3);
  });

  it("does not add a slow reader's time to the recorded one", async () => {
    const { clock, provider: slow } = slowly(100);
    const { provider, cassette } = recordProvider(slow, { clock });
    const recording = collect(provider, toRequest("Hi"));
    await clock.advance(300);
    await recording;
    const replay = replayProvider(cassette, { clock, timing: "recorded" });
    const reader = replay.stream(toRequest("Hi"), { signal: never })[Symbol.asyncIterator]();
    const first = reader.next();
    await clock.advance(100);
    await first;
    await clock.advance(1000);
    expect((await reader.next()).value).toEqual({ type: "text-delta", delta: "two" });
  });

  it("is silent where the recorded call was left, until the signal aborts", async () => {
    const { provider, cassette } = recordProvider(fakeProvider([{ text: ["one", "two"] }]));
    for await (const _ of provider.stream(toRequest("Hi"), { signal: never })) break;
    const controller = new AbortController();
    const asked = collect(replayProvider(stored(cassette)), toRequest("Hi"), controller.signal);
    asked.catch(() => {});
    await manualClock().advance(0);
    controller.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
  });

  it.each(["none", "recorded"] as const)(
    "ends with the signal's reason when it aborts (%s)",
    async (timing) => {
      const clock = manualClock();
      const replay = replayProvider(await recorded([{ text: ["one", "two"] }]), { clock, timing });
      const controller = new AbortController();
      const reading = (async () => {
        for await (const _ of replay.stream(toRequest("Hi"), { signal: controller.signal }))
          controller.abort(new Error("enough"));
      })();
      await expect(reading).rejects.toThrow("enough");
      await expect(
        collect(replay, toRequest("Hi"), AbortSignal.abort(new Error("too late"))),
      ).rejects.toThrow("too late");
    },
  );
});

describe("a request that was not recorded", () => {
  const failure = async (cassette: Cassette, request: ProviderRequest) => {
    const error: unknown = await collect(replayProvider(cassette), request).catch((thrown) => thrown);
    if (!isGatewayError(error, "internal")) throw error;
    return error.message;
  };

  it("is named with its difference from the nearest recording", async () => {
    const { provider, cassette } = recordProvider(fakeProvider([{ text: "one" }]));
    await collect(provider, { ...toRequest("Something else altogether", "Be brief."), temperature: 1 });
    await collect(provider, toRequest("What does the yearly plan cost?", "Be brief."));
    expect(await failure(stored(cassette), toRequest("What does the yearly plan give?", "Be brief."))).toBe(
      "The cassette does not have this request. Nearest is recording 2; it differs at " +
        'prompt.messages[0].content: recorded …oes the yearly plan cost?", asked …oes the yearly plan give?".',
    );
  });

  it("is told what is missing or too much", async () => {
    const cassette = await recorded([{ text: "one" }]);
    const asked = { ...toRequest("Hi", "Be brief."), maxOutputTokens: 32 };
    expect(await failure(cassette, asked)).toContain(
      'differs at prompt.system: recorded nothing, asked "Be brief."; 1 more',
    );
    expect(await failure({ ...cassette, recordings: [] }, asked)).toMatch(/It is empty\.$/);
  });

  it("is told how often it was recorded", async () => {
    const replay = replayProvider(await recorded([{ text: "one" }]));
    await collect(replay, toRequest("Hi"));
    await expect(collect(replay, toRequest("Hi"))).rejects.toThrow(
      "has this request 1 times; this is call 2",
    );
  });

  it("does not make the message as long as the request", async () => {
    const cassette = await recorded([{ text: "one" }], toRequest("a".repeat(50_000)));
    expect((await failure(cassette, toRequest("b".repeat(50_000)))).length).toBeLessThan(400);
  });
});
