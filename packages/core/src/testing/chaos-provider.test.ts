import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent, ProviderRequest } from "../provider/provider.js";
import type { ChaosPlan, Fault } from "./chaos-plan.js";
import { chaosProvider } from "./chaos-provider.js";
import { fakeProvider } from "./fake-provider.js";
import { manualClock } from "./manual-clock.js";
import { problemsOf } from "./problems-of.js";

const request: ProviderRequest = {
  model: "m",
  prompt: { messages: [{ role: "user", content: "Count to four." }] },
  maxOutputTokens: 16,
  temperature: 0,
  incremental: true,
};
const asJson = { ...request, responseFormat: { name: "count", schema: { type: "object" } } };
const never = new AbortController().signal;
const pieces = ["one ", "two ", "three ", "four"];
const counting = () => fakeProvider([{ text: pieces }]);

/** What one call hands out, and how it ends. */
async function ask(provider: Provider, asked = request, signal = never) {
  const events: ProviderEvent[] = [];
  try {
    for await (const event of provider.stream(asked, { signal })) events.push(event);
  } catch (error) {
    if (isGatewayError(error)) return { text: textOf(events), code: error.code, error };
    throw error;
  }
  return { text: textOf(events), code: "ok", events };
}

const textOf = (events: readonly ProviderEvent[]) =>
  events.map((event) => (event.type === "text-delta" ? event.delta : "")).join("");

describe("chaosProvider", () => {
  it.each<[Fault, string, string, number]>([
    [{ fault: "cut", after: 2 }, "provider_cut", "one two ", 2],
    [{ fault: "cut" }, "provider_cut", "", 0],
    [{ fault: "cut", after: 99 }, "provider_cut", "one two three four", 4],
    [{ fault: "malformed", after: 1 }, "provider_malformed", "one ", 1],
    [{ fault: "in-band" }, "provider_unavailable", "", 0],
    [{ fault: "in-band", after: 3, status: 429 }, "provider_rate_limited", "one two three ", 3],
    [{ fault: "status", status: 408 }, "provider_unavailable", "", 0],
    [{ fault: "status", status: 402 }, "provider_unauthorized", "", 0],
    [{ fault: "status", status: 422 }, "provider_rejected", "", 0],
  ])("plays %o as %s", async (fault, code, text, handedOut) => {
    const provider = chaosProvider(counting(), { plan: [fault] });
    expect(await ask(provider)).toMatchObject({ code, text });
    expect(provider.calls).toEqual([
      { number: 1, request, fault: fault.fault, pieces: handedOut, outcome: code },
    ]);
  });

  it.each<[Fault, string]>([
    [{ fault: "cut", after: 2 }, "provider_unavailable"],
    [{ fault: "malformed", after: 2 }, "provider_malformed"],
    [{ fault: "in-band", after: 2, status: 529 }, "provider_unavailable"],
  ])("lets nothing of a reply through that is not streamed: %o", async (fault, code) => {
    const provider = chaosProvider(counting(), { plan: [fault] });
    expect(await ask(provider, { ...request, incremental: false })).toMatchObject({ code, text: "" });
  });

  it("does not call the wrapped provider when a status refuses, and asks to wait", async () => {
    const wrapped = counting();
    const fault = { fault: "status", status: 429, retryAfterMs: 120_000 } as const;
    const { error } = await ask(chaosProvider(wrapped, { plan: [fault] }));
    expect(error?.details).toEqual({ retryAfterMs: 120_000 });
    expect(wrapped.requests).toHaveLength(0);
  });

  it("puts other JSON in the place of the reply, only where JSON was asked for", async () => {
    const provider = chaosProvider(counting(), { plan: [{ fault: "wrong-json" }] });
    const { text, events } = await ask(provider, asJson);
    expect(text).toBe("[]");
    expect(events?.at(-1)).toMatchObject({ type: "finish", usage: { outputTokens: 5 } });
    expect((await ask(provider)).text).toBe("one two three four");
    const html = chaosProvider(counting(), { plan: [{ fault: "wrong-json", text: "<html>" }] });
    expect((await ask(html, asJson)).text).toBe("<html>");
  });

  it("waits before each event of a drip", async () => {
    const clock = manualClock();
    const provider = chaosProvider(counting(), { plan: [{ fault: "drip", everyMs: 100 }], clock });
    const asked = ask(provider);
    await clock.advance(250);
    expect(provider.calls[0]).toMatchObject({ pieces: 2, outcome: "running" });
    await clock.advance(250); // four pieces and the end mark
    expect(await asked).toMatchObject({ code: "ok", text: "one two three four" });
  });

  it("holds a dripping reply that is not streamed until it is whole", async () => {
    const clock = manualClock();
    const provider = chaosProvider(counting(), { plan: [{ fault: "drip", everyMs: 100 }], clock });
    const asked = ask(provider, { ...request, incremental: false });
    await clock.advance(499);
    expect(provider.calls[0]?.pieces).toBe(0);
    await clock.advance(1);
    expect(await asked).toMatchObject({ code: "ok", text: "one two three four" });
  });

  it("goes on after a stall that has an end", async () => {
    const clock = manualClock();
    const plan: ChaosPlan = [{ fault: "stall", after: 2, forMs: 30_000 }];
    const provider = chaosProvider(counting(), { plan, clock });
    const asked = ask(provider);
    await clock.advance(29_999);
    expect(provider.calls[0]?.pieces).toBe(2);
    await clock.advance(1);
    expect(await asked).toMatchObject({ code: "ok", text: "one two three four" });
  });

  it.each<Fault>([{ fault: "stall" }, { fault: "stall", forMs: 1000 }, { fault: "drip", everyMs: 1000 }])(
    "ends the wait of %o when the signal aborts, and the wrapped call with it",
    async (fault) => {
      const clock = manualClock();
      const wrapped = counting();
      const provider = chaosProvider(wrapped, { plan: [fault], clock });
      const controller = new AbortController();
      const asked = ask(provider, request, controller.signal);
      asked.catch(() => {});
      await clock.advance(10);
      controller.abort(new Error("enough"));
      await expect(asked).rejects.toThrow("enough");
      expect(wrapped.running).toBe(0);
      expect(clock.pending).toBe(0);
      expect(provider.calls[0]?.outcome).toBe("aborted");
    },
  );

  it("takes a reader that stops for an abort", async () => {
    const provider = chaosProvider(counting(), { plan: [] });
    for await (const _ of provider.stream(request, { signal: never })) break;
    expect(provider.calls[0]).toMatchObject({ fault: undefined, pieces: 1, outcome: "aborted" });
  });

  it("notes a wrapped provider that breaks its contract", async () => {
    const rude: Provider = {
      ...counting(),
      stream: () => {
        throw new TypeError("oops");
      },
    };
    const provider = chaosProvider(rude, { plan: [{ fault: "cut" }] });
    await expect(ask(provider)).rejects.toThrow("oops");
    expect(provider.calls[0]?.outcome).toBe("internal");
  });

  it("passes on events and abilities that it does not know", async () => {
    const unknown = { type: "of-a-later-version" } as unknown as ProviderEvent; // as: the type grows
    const wrapped = {
      ...counting(),
      ability: () => 42,
      async *stream() {
        yield unknown;
        yield { type: "finish", reason: "stop" } as const;
      },
    };
    const provider = chaosProvider(wrapped, { plan: [{ fault: "wrong-json", text: "{}" }] });
    const { events } = await ask(provider, asJson);
    expect(events?.[0]).toBe(unknown);
    expect(Reflect.get(provider, "ability")).toBe(wrapped.ability);
  });
});

describe("when a fault strikes", () => {
  const faultsOf = async (plan: ChaosPlan, seed: number | undefined, calls: number) => {
    const provider = chaosProvider(counting(), { plan, seed });
    for (let call = 0; call < calls; call++) await ask(provider);
    return provider.calls.map(({ fault }) => fault ?? "-");
  };

  it("goes by call number, and plays the first that fits", async () => {
    const plan: ChaosPlan = [
      { fault: "status", status: 500, calls: [1, 3] },
      { fault: "cut", calls: [3, 4] },
    ];
    expect(await faultsOf(plan, 1, 5)).toEqual(["status", "-", "status", "cut", "-"]);
  });

  it("draws shares that the seed decides", async () => {
    const plan: ChaosPlan = [{ fault: "cut", rate: 0.3 }];
    const drawn = await faultsOf(plan, 7, 2000);
    expect(await faultsOf(plan, 7, 2000)).toEqual(drawn);
    expect(await faultsOf(plan, 8, 2000)).not.toEqual(drawn);
    expect(drawn.filter((fault) => fault === "cut").length / 2000).toBeCloseTo(0.3, 1);
    expect(await faultsOf([{ fault: "cut", rate: 0 }], 7, 50)).not.toContain("cut");
    expect(await faultsOf([{ fault: "cut", rate: 1 }], 7, 50)).not.toContain("-");
  });

  it("gives each fault calls of its own, whatever stands before it", async () => {
    const cutsWith = async (before: number) => {
      const plan: ChaosPlan = [
        { fault: "malformed", rate: before },
        { fault: "cut", rate: 0.3 },
      ];
      return (await faultsOf(plan, 7, 300)).map((fault) => fault === "cut");
    };
    const without = await cutsWith(0);
    const half = await cutsWith(0.5);
    expect(half.every((isCut, index) => !isCut || without[index])).toBe(true);
    expect(half.filter(Boolean).length).toBeGreaterThan(0);
  });

  it("strikes in a share of the named calls when both are given", async () => {
    const drawn = await faultsOf([{ fault: "cut", rate: 0.5, calls: [2, 4, 6, 8, 10, 12, 14, 16] }], 7, 20);
    const odd = drawn.filter((_, index) => index % 2 === 0);
    expect(new Set(odd)).toEqual(new Set(["-"]));
    expect(new Set(drawn)).toEqual(new Set(["-", "cut"]));
  });

  it("refuses a plan with mistakes, and lists all of them", () => {
    const plan = [
      { fault: "cutt" },
      { fault: "cut", afer: 3 },
      { fault: "status", status: 200, rate: 1.5, calls: [0] },
      { fault: "drip", everyMs: -1 },
    ] as unknown as ChaosPlan; // as: a program without types
    expect(problemsOf(() => chaosProvider(counting(), { plan }))).toEqual([
      "plan.0.fault: there is no such fault; check its spelling",
      "plan.1.afer: there is no such option; check its spelling",
      "plan.2.status: must be 400 to 599",
      "plan.2.calls.0: the first call is number 1",
      "plan.2.rate: must be 0 to 1",
      "plan.3.everyMs: must be 0 or more",
    ]);
  });
});
