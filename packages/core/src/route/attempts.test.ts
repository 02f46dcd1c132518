import { beforeEach, describe, expect, it } from "vitest";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent } from "../provider/provider.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { untilAborted } from "../testing/until-aborted.js";
import type { AttemptReport } from "./router.js";
import { type Asked, askedOf, inWords, readWords, routerOver } from "./router-over.test-support.js";

let clock: ManualClock;
let reports: AttemptReport[];

beforeEach(() => {
  clock = manualClock();
  reports = [];
});

const down = new GatewayError("provider_unavailable", "down");
const outcomes = () => reports.map(({ outcome }) => outcome);

const asked = askedOf((report) => reports.push(report));

const fake = (...replies: FakeReply[]) => fakeProvider(replies);

describe("the commit point", () => {
  it("holds white space back, so that a failure after it stays unseen", async () => {
    const first = fake({ text: ["\n", " \n"], cut: true });
    const router = inWords(routerOver([first, fake({ text: "whole" })], { clock }));
    expect((await readWords(router.route(asked()))).shown).toEqual(["whole"]);
  });

  it("shows what was held back, in order", async () => {
    const router = inWords(routerOver([fake({ text: ["\n", " ", "Hello", "!"] })], { clock }));
    expect((await readWords(router.route(asked()))).shown).toEqual(["\n", " ", "Hello", "!"]);
  });

  it("holds no more than 64 events or 256 KiB", async () => {
    const many = Array.from({ length: 64 }, () => " ");
    for (const text of [many, [" ".repeat(262_144)]]) {
      const router = inWords(routerOver([fake({ text, hangs: true })], { clock }));
      const words = router.route(asked());
      expect((await words.next()).value).toBe(text[0]);
      await words.return(undefined as never); // never: nobody reads it
    }
  });

  it("is over when the first output is late, also when empty pieces keep coming", async () => {
    const empty: Provider = {
      name: "empty",
      model: "m",
      async *stream(_, { signal }): AsyncGenerator<ProviderEvent, void> {
        for (;;) {
          signal.throwIfAborted();
          yield { type: "text-delta", delta: "" };
          await new Promise<void>((resolve) => clock.setTimer(1_000, resolve));
        }
      },
    };
    const reading = readWords(inWords(routerOver([empty], { clock })).route(asked()));
    for (let second = 0; second < 20; second++) await clock.advance(1_000);
    expect((await reading).result.source).toBe("local");
    expect(outcomes()).toEqual(["provider_timeout", "provider_timeout"]);
  });
});

describe("one attempt", () => {
  it("may take only so long, however steadily it writes", async () => {
    const steady: Provider = {
      name: "steady",
      model: "m",
      async *stream(_, { signal }): AsyncGenerator<ProviderEvent, void> {
        for (;;) {
          signal.throwIfAborted();
          yield { type: "text-delta", delta: "word " };
          await new Promise<void>((resolve) => clock.setTimer(9_000, resolve));
        }
      },
    };
    const words = inWords(routerOver([steady], { clock })).route(asked());
    const reading = readWords(words);
    reading.catch(() => {});
    for (let nine = 0; nine < 10; nine++) await clock.advance(9_000);
    await expect(reading).rejects.toSatisfy((error) => isGatewayError(error, "provider_timeout"));
    expect(reports[0]?.durationMs).toBe(60_000);
  });

  it("may write only so much", async () => {
    const piece = "x".repeat(65_536);
    let pieces = 0;
    const endless: Provider = {
      name: "endless",
      model: "m",
      async *stream(): AsyncGenerator<ProviderEvent, void> {
        for (; pieces < 1_000; pieces++) yield { type: "text-delta", delta: piece };
      },
    };
    const reading = readWords(inWords(routerOver([endless], { clock })).route(asked()));
    await expect(reading).rejects.toMatchObject({ code: "provider_malformed", target: "endless" });
    expect(pieces).toBeLessThan(20);
  });

  it("names its target in its failure, once", async () => {
    const failure = () => new GatewayError("provider_rejected", "The model is not known.");
    const first = fakeProvider(() => ({ error: failure() }), { name: "first" });
    const second = fakeProvider(() => ({ error: failure() }), { name: "second" });
    const router = inWords(routerOver([first, second], { clock }));
    await expect(readWords(router.route(asked({ local: undefined })))).rejects.toMatchObject({
      message: "second: The model is not known.",
      target: "second",
    });
    expect(reports.map(({ problem }) => problem)).toEqual([
      "first: The model is not known.",
      "second: The model is not known.",
    ]);
  });
});

describe("a restart", () => {
  const restart = (changes: Partial<Asked> = {}) => asked({ onBreak: "restart", ...changes });

  it("goes to the same target again, then to the next, each with the full time", async () => {
    const broken = fake({ text: "begun", hangs: true });
    const router = inWords(routerOver([broken, fake({ text: "whole" })], { clock }));
    const reading = readWords(router.route(restart()));
    for (let second = 0; second < 25; second++) await clock.advance(1_000);
    expect((await reading).shown).toEqual(["begun", "reset", "begun", "reset", "whole"]);
    expect(outcomes()).toEqual(["provider_timeout", "provider_timeout", "ok"]);
  });

  it("is made for nothing but the word", async () => {
    const broken = fake({ text: "begun", cut: true });
    const unknown = restart({ onBreak: "again" as never }); // never: no type allows it
    await expect(readWords(inWords(routerOver([broken], { clock })).route(unknown))).rejects.toMatchObject({
      code: "provider_cut",
    });
  });

  it("shares the target's number of retries with what fails before a first part", async () => {
    const broken = fake({ text: "begun", cut: true }, { error: down });
    const router = inWords(routerOver([broken, fake({ text: "whole" })], { clock }));
    const { shown } = await readWords(router.route(restart()));
    expect(shown).toEqual(["begun", "reset", "whole"]);
    expect(outcomes()).toEqual(["provider_cut", "provider_unavailable", "ok"]);
  });

  it("needs money, and never comes after the caller's abort", async () => {
    let affordable = 1;
    const affords = async () => affordable-- > 0;
    const broken = fake({ text: "begun", cut: true });
    const { shown } = await readWords(inWords(routerOver([broken], { clock })).route(restart({ affords })));
    expect(shown).toEqual(["begun", "reset"]);
    expect(broken.requests).toHaveLength(1);

    const controller = new AbortController();
    const hanging = fake({ text: "begun", hangs: true });
    const words = inWords(routerOver([hanging], { clock })).route(restart({ signal: controller.signal }));
    await words.next();
    controller.abort(new Error("gone"));
    await expect(words.next()).rejects.toThrow("gone");
    expect(hanging.requests).toHaveLength(1);
  });

  it("has a repair among its attempts when an object does not fit", async () => {
    const wrong = fake({ text: "bad" }, { text: "good" });
    const accept: Asked["accept"] = async ({ text }) => {
      if (text === "bad") throw new GatewayError("invalid_output", "bad", { cause: { places: [["x"]] } });
    };
    const request = { ...asked().request, responseFormat: { name: "x", schema: {} } };
    const { shown, result } = await readWords(
      inWords(routerOver([wrong], { clock })).route(restart({ accept, request })),
    );
    expect(shown).toEqual(["bad", "reset", "good"]);
    expect(result.reply.text).toBe("good");
  });
});

describe("the retry budget", () => {
  it("bounds the retries of all calls together; fail-over goes on", async () => {
    const dead = fakeProvider([{ error: down }], { name: "dead" });
    const router = inWords(
      routerOver([dead, fake({ text: "whole" })], {
        clock,
        breaker: { failureThreshold: 1_000, openMs: 1 },
        retryBudget: { ratio: 0.1, minPerSecond: 0 },
      }),
    );
    for (let call = 0; call < 100; call++)
      expect((await readWords(router.route(asked()))).shown).toEqual(["whole"]);
    const retries = dead.requests.length - 100;
    expect(retries).toBeGreaterThan(0);
    expect(retries).toBeLessThanOrEqual(10);
  });
});

describe("a half-open circuit", () => {
  it("opens again when its probe begins and then breaks", async () => {
    const provider = fakeProvider(({ maxOutputTokens }) =>
      maxOutputTokens === 1 ? { error: down } : { text: "begun", cut: true },
    );
    const breaker = { failureThreshold: 2, openMs: 1_000 };
    const router = inWords(
      routerOver([provider], { clock, breaker, retry: { maxRetries: 0, baseDelayMs: 0, maxDelayMs: 0 } }),
    );
    const refused = asked({ request: { ...asked().request, maxOutputTokens: 1 } });
    await readWords(router.route(refused));
    await readWords(router.route(refused));
    await clock.advance(1_000);
    await expect(readWords(router.route(asked()))).rejects.toMatchObject({ code: "provider_cut" });
    await readWords(router.route(asked()));
    expect(provider.requests).toHaveLength(3);
    expect(outcomes().at(-1)).toBe("provider_busy");
  });
});

it("leaves nothing running when a consumer stops in the middle", async () => {
  const provider: Provider = {
    name: "hanging",
    model: "m",
    async *stream(_, { signal }) {
      yield { type: "text-delta", delta: "one" };
      await untilAborted(signal);
    },
  };
  const words = inWords(routerOver([provider], { clock, hedge: true })).route(asked({ onBreak: "restart" }));
  await words.next();
  await words.return(undefined as never); // never: nobody reads it
  await clock.advance(0);
  expect(outcomes()).toEqual(["aborted"]);
  expect(clock.pending).toBe(0);
});
