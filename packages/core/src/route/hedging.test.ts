import { beforeEach, describe, expect, it } from "vitest";
import type { Provider } from "../provider/provider.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { seededRandom } from "../testing/seeded-random.js";
import type { AttemptReport, RoutePart } from "./router.js";
import { askedOf, inWords, readWords, routerOver } from "./router-over.test-support.js";

let clock: ManualClock;
let reports: AttemptReport[];

beforeEach(() => {
  clock = manualClock();
  reports = [];
});

const outcomes = () => reports.map(({ outcome }) => outcome);

const asked = askedOf((report) => reports.push(report));

/** A provider that waits before its answer, as long as the test says for each call. */
function slowProvider(waits: readonly number[]): Provider & { readonly calls: number } {
  let calls = 0;
  return {
    name: "slow",
    model: "m",
    get calls() {
      return calls;
    },
    async *stream(_, { signal }) {
      const waitMs = waits[calls++] ?? 0;
      const number = calls;
      await new Promise<void>((resolve, reject) => {
        clock.setTimer(waitMs, resolve);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      yield { type: "text-delta", delta: `answer ${number}` };
      yield { type: "finish", reason: "stop" };
    },
  };
}

describe("hedging", () => {
  const usual = Array.from({ length: 20 }, () => 100);

  async function warm(router: ReturnType<typeof inWords>) {
    for (const _ of usual) {
      const reading = readWords(router.route(asked()));
      await clock.advance(100);
      await reading;
    }
    reports = [];
  }

  it("asks a second time when the first is slower than 95 % of those before, and charges both", async () => {
    const slow = slowProvider([...usual, 4_000, 50]);
    const router = inWords(routerOver([slow], { clock, hedge: true }));
    await warm(router);
    const reading = readWords(router.route(asked()));
    await clock.advance(100);
    await clock.advance(50);
    expect((await reading).shown).toEqual(["answer 22"]);
    await clock.advance(0);
    expect(outcomes().sort()).toEqual(["aborted", "ok"]);
    expect(clock.pending).toBeLessThanOrEqual(1); // the slow provider's own timer
  });

  it("shows one answer when both begin at once, and ends the other", async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let calls = 0;
    const together: Provider = {
      name: "together",
      model: "m",
      async *stream() {
        const number = ++calls;
        if (number <= usual.length) await new Promise<void>((resolve) => clock.setTimer(100, resolve));
        else await released;
        yield { type: "text-delta", delta: `answer ${number}` };
        yield { type: "finish", reason: "stop" };
      },
    };
    const router = routerOver([together], { clock, hedge: true });
    await warm(inWords(router));
    const shown: string[] = [];
    const show = async (part: RoutePart) => void shown.push("delta" in part ? part.delta : part.type);
    const routed = router.route({ targets: router.targets, onBreak: "terminate", ...asked(), show });
    await clock.advance(100);
    expect(calls).toBe(22);
    release();
    await routed;
    expect(shown).toEqual(["answer 21"]);
    await clock.advance(0);
    expect(outcomes().sort()).toEqual(["aborted", "ok"]);
  });

  it("is off by default, needs money, and stays within the retry budget", async () => {
    const off = slowProvider([...usual, 4_000]);
    const routers = [{ provider: off, router: inWords(routerOver([off], { clock })), changes: {} }];
    const poor = slowProvider([...usual, 4_000]);
    let affordable = Number.POSITIVE_INFINITY;
    routers.push({
      provider: poor,
      router: inWords(routerOver([poor], { clock, hedge: true })),
      changes: { affords: async () => affordable-- > 0 },
    });
    const none = slowProvider([...usual, 4_000]);
    const retryBudget = { ratio: 0, minPerSecond: 0 };
    routers.push({
      provider: none,
      router: inWords(routerOver([none], { clock, hedge: true, retryBudget })),
      changes: {},
    });
    for (const { provider, router, changes } of routers) {
      affordable = Number.POSITIVE_INFINITY;
      await warm(router);
      affordable = 1;
      const reading = readWords(router.route(asked(changes)));
      for (let step = 0; step < 41; step++) await clock.advance(100);
      expect((await reading).shown).toEqual(["answer 21"]);
      expect(provider.calls).toBe(21);
    }
  });

  it("goes on being rare when what is slow is always given up", async () => {
    const calls = 2_000;
    const random = seededRandom(5);
    const slow = slowProvider(Array.from({ length: 2 * calls }, () => -100 * Math.log(1 - random())));
    const router = inWords(routerOver([slow], { clock, hedge: true }));
    for (let call = 0; call < calls; call++) {
      const reading = readWords(router.route(asked()));
      await clock.advance(2_000);
      await reading;
    }
    expect(slow.calls - calls).toBeGreaterThan(0.03 * calls);
    expect(slow.calls - calls).toBeLessThan(0.08 * calls);
  });

  it("ends both when the caller goes away", async () => {
    const controller = new AbortController();
    const slow = slowProvider([...usual, 4_000, 4_000]);
    const router = inWords(routerOver([slow], { clock, hedge: true }));
    await warm(router);
    const reading = readWords(router.route(asked({ signal: controller.signal })));
    reading.catch(() => {});
    await clock.advance(150);
    expect(slow.calls).toBe(22);
    controller.abort(new Error("gone"));
    await expect(reading).rejects.toThrow("gone");
    await clock.advance(0);
    expect(outcomes()).toEqual(["aborted", "aborted"]);
  });
});
