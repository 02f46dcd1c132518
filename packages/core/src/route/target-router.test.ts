import { beforeEach, describe, expect, it } from "vitest";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Provider } from "../provider/provider.js";
import { type FakeProvider, type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import type { AttemptReport } from "./router.js";
import { routerContract } from "./router-contract.js";
import { askedOf, inWords, readWords, routerOver, targetsOf } from "./router-over.test-support.js";

let clock: ManualClock;
let reports: AttemptReport[];

beforeEach(() => {
  clock = manualClock();
  reports = [];
});

const down = new GatewayError("provider_unavailable", "down");

const routerFor = (providers: readonly Provider[], { localFallback = true, maxConcurrent = 100 } = {}) =>
  inWords(
    routerOver(providers, {
      targets: targetsOf(providers, maxConcurrent),
      retry: { maxRetries: 1, baseDelayMs: 100, maxDelayMs: 1000 },
      localFallback,
      clock,
    }),
  );

const toRequest = askedOf((report) => reports.push(report));
const whole = { ...toRequest().request, incremental: false };

const fake = (...replies: FakeReply[]) => fakeProvider(replies);
/** A provider that breaks its contract. */
const breaking = (next: () => Promise<never>): FakeProvider => ({
  ...fake(),
  stream: () => ({ [Symbol.asyncIterator]: () => ({ next }) }),
});
const outcomes = () => reports.map(({ outcome }) => outcome);

describe("targetRouter", () => {
  for (const { name, run } of routerContract)
    it(name, () => run((providers) => routerOver(providers, { clock })));

  it("retries, then goes to the next target unseen", async () => {
    const first = fake({ error: down });
    const second = fake({ text: "from the second" });
    const { shown } = await readWords(routerFor([first, second]).route(toRequest()));
    expect(shown).toEqual(["from the second"]);
    expect(first.requests).toHaveLength(2);
    expect(outcomes()).toEqual(["provider_unavailable", "provider_unavailable", "ok"]);
  });

  it("throws the provider's failure when there is no local answer, or it is not wanted", async () => {
    const withoutLocal = toRequest({ local: undefined });
    await expect(readWords(routerFor([fake({ error: down })]).route(withoutLocal))).rejects.toBe(down);
    const notWanted = routerFor([fake({ error: down })], { localFallback: false });
    await expect(readWords(notWanted.route(toRequest()))).rejects.toBe(down);
  });

  it("tries the next target when a reply is not accepted", async () => {
    const accept = async ({ text }: { text?: string | undefined }) => {
      if (text === "bad") throw new GatewayError("invalid_output", "bad");
    };
    const first = fake({ text: "bad" });
    const { result } = await readWords(
      routerFor([first, fake({ text: "good" })]).route(toRequest({ accept, request: whole })),
    );
    expect(result.reply.text).toBe("good");
    expect(first.requests).toHaveLength(1);
    const onlyBad = routerFor([fake({ text: "bad" })]).route(toRequest({ accept, request: whole }));
    expect((await readWords(onlyBad)).result.degraded).toBe("invalid_output");
  });

  it("ends a silent attempt, tells the provider, and goes on", async () => {
    const silent = fake({ hangs: true });
    const reading = readWords(routerFor([silent, fake({ text: "answer" })]).route(toRequest()));
    await clock.advance(5_000);
    await clock.advance(5_000);
    expect((await reading).shown).toEqual(["answer"]);
    expect(outcomes()).toEqual(["provider_timeout", "provider_timeout", "ok"]);
    expect(silent.running).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("ends a stream that falls silent after text was shown", async () => {
    const route = routerFor([fake({ text: "begun", hangs: true })]).route(toRequest());
    await route.next();
    const next = route.next();
    next.catch(() => {});
    await clock.advance(10_000);
    await expect(next).rejects.toSatisfy((error) => isGatewayError(error, "provider_timeout"));
  });

  it("does not count the time a slow consumer takes", async () => {
    const route = routerFor([fake({ text: ["one", "two"] })]).route(toRequest());
    await route.next();
    await clock.advance(60_000);
    expect((await route.next()).value).toBe("two");
  });

  it("gives up when the total time is over", async () => {
    const providers = [fake({ hangs: true }), fake({ hangs: true }), fake({ hangs: true })];
    const reading = readWords(routerFor(providers).route(toRequest()));
    await clock.advance(15_000);
    expect((await reading).result.degraded).toBe("provider_down");
    expect(reports).toHaveLength(3);
  });

  it("makes no further call when the caller aborts", async () => {
    const controller = new AbortController();
    const provider = fake({ hangs: true });
    const second = fake({ text: "never" });
    const reading = readWords(routerFor([provider, second]).route(toRequest({ signal: controller.signal })));
    reading.catch(() => {});
    await clock.advance(0);
    controller.abort(new Error("gone"));
    await expect(reading).rejects.toThrow("gone");
    await clock.advance(60_000);
    expect(provider.requests).toHaveLength(1);
    expect(second.requests).toHaveLength(0);
    expect(outcomes()).toEqual(["aborted"]);
  });

  it("leaves a target with a dead credential alone at once", async () => {
    const dead = fake({ error: new GatewayError("provider_unauthorized", "401") });
    const router = routerFor([dead]);
    for (let call = 0; call < 3; call++) await readWords(router.route(toRequest()));
    expect(dead.requests).toHaveLength(1);
  });

  it("asks the budget before each attempt and answers locally when it refuses", async () => {
    const provider = fake({ error: down });
    let affordable = 1;
    const affords = async () => affordable-- > 0;
    const { result } = await readWords(routerFor([provider]).route(toRequest({ affords })));
    expect(provider.requests).toHaveLength(1);
    expect(result.degraded).toBe("provider_down");
  });

  it("says that there is no provider", async () => {
    expect((await readWords(routerFor([]).route(toRequest()))).result.degraded).toBe("no_provider");
    const nothing = readWords(routerFor([]).route(toRequest({ local: undefined })));
    await expect(nothing).rejects.toSatisfy((error) => isGatewayError(error, "no_provider"));
  });

  it("survives a provider that throws something of its own or ignores its signal", async () => {
    const rude = breaking(async () => {
      throw new RangeError("CANARY");
    });
    const deaf = breaking(() => new Promise(() => {}));
    const reading = readWords(routerFor([rude, deaf]).route(toRequest()));
    await clock.advance(5_000);
    await clock.advance(5_000);
    expect((await reading).result.degraded).toBe("provider_down");
  });

  it("takes a provider that throws before it streams for one that failed", async () => {
    const thrower: FakeProvider = {
      ...fake(),
      stream: () => {
        throw new TypeError("CANARY");
      },
    };
    expect((await readWords(routerFor([thrower]).route(toRequest()))).result.degraded).toBe("provider_down");
    expect(outcomes()).toEqual(["provider_unavailable", "provider_unavailable"]);
  });

  it.each([Number.NaN, -1, undefined as unknown as number])(
    "takes a usage of %s tokens for none",
    async (count) => {
      const usage = { inputTokens: count, outputTokens: 5, source: "reported" } as const;
      await readWords(routerFor([fake({ text: "hi", usage })]).route(toRequest()));
      expect(reports[0]?.usage).toBeUndefined();
    },
  );

  it("reports and ends an attempt that is aborted just as it opens", async () => {
    const provider = fake({ text: ["one"], hangs: true });
    for (let ticks = 0; ticks < 40; ticks++) {
      reports = [];
      const controller = new AbortController();
      const reading = readWords(routerFor([provider]).route(toRequest({ signal: controller.signal })));
      reading.catch(() => {});
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      controller.abort(new Error("gone"));
      await expect(reading).rejects.toThrow("gone");
      if (provider.requests.length > ticks) expect(reports.length).toBeLessThanOrEqual(1);
      expect(provider.running).toBe(0);
    }
  });

  it("leaves no call waiting behind one that was aborted", async () => {
    for (let ticks = 0; ticks < 40; ticks++) {
      const provider = fake({ text: ["one"] });
      const router = routerFor([provider], { maxConcurrent: 1 });
      const controller = new AbortController();
      const first = readWords(router.route(toRequest({ signal: controller.signal })));
      first.catch(() => {});
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      controller.abort(new Error("gone"));
      expect((await readWords(router.route(toRequest()))).shown).toEqual(["one"]);
    }
  });

  it("starts no attempt when its time was over before a place was free", async () => {
    const provider = fake({ hangs: true });
    const router = routerFor([provider], { maxConcurrent: 1 });
    const first = router.route(toRequest({ local: undefined }));
    const holding = first.next();
    holding.catch(() => {});
    const waiting = readWords(router.route(toRequest()));
    for (let second = 0; second < 16; second++) await clock.advance(1000);
    expect((await waiting).result.degraded).toBe("provider_down");
    expect(reports.every(({ durationMs }) => durationMs > 100)).toBe(true);
  });
});
