import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../testing/seeded-random.js";
import { planRoute } from "./plan-route.js";
import type { Route, WeightedChoice } from "./routes.js";

const keyCount = 20_000;
const keys = Array.from({ length: keyCount }, (_, index) => `tenant-${index}`);
const random = () => 0;
const planFor = (stickyKey: string, route: Route) => planRoute(route, { stickyKey, random });
const firstFor = (stickyKey: string, choice: WeightedChoice) => planFor(stickyKey, [choice])[0];

/** Five standard deviations: exceeded by chance about once in two million times. */
const tolerance = (share: number) => 5 * Math.sqrt((share * (1 - share)) / keyCount);

function expectShares(choice: WeightedChoice, plans: readonly (readonly string[])[]): void {
  const total = Object.values(choice).reduce((sum, weight) => sum + weight, 0);
  for (const [name, weight] of Object.entries(choice)) {
    const share = plans.filter(([first]) => first === name).length / plans.length;
    expect(Math.abs(share - weight / total)).toBeLessThanOrEqual(tolerance(weight / total));
  }
}

const names = ["alpha", "beta", "gamma", "delta"];
const choices = fc.dictionary(
  fc.constantFrom(...names, "1", "constructor"),
  fc.oneof(
    fc.constant(0),
    fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
    fc.integer({ min: 1, max: 100 }),
  ),
);

describe("planRoute", () => {
  it("keeps the order of the list", () => {
    expect(planFor("key", ["b", "a", { d: 1 }, "c"])).toEqual(["b", "a", "d", "c"]);
    expect(planFor("key", [])).toEqual([]);
  });

  it("puts the others of a choice next, before what follows it", () => {
    for (const key of keys.slice(0, 50)) {
      const plan = planFor(key, ["a", { b: 1, c: 1 }, "d"]);
      expect([plan[0], plan[3]]).toEqual(["a", "d"]);
      expect(plan.slice(1, 3).sort()).toEqual(["b", "c"]);
    }
  });

  it.each<WeightedChoice>([
    { stable: 90, canary: 10 },
    { stable: 1, canary: 1 },
    { alpha: 70, beta: 25, gamma: 5 },
    { alpha: 1e-300, beta: 3e-300 },
    { alpha: 1e300, beta: 3e300 },
    { "1": 20, "2": 30, "3": 50 },
  ])("shares keys by weight: %j", (choice) => {
    expectShares(
      choice,
      keys.map((key) => planFor(key, [choice])),
    );
  });

  it("shares the second place by weight too", () => {
    const choice = { alpha: 50, beta: 40, gamma: 10 };
    const withoutAlpha = keys.map((key) => planFor(key, [choice]).filter((name) => name !== "alpha"));
    expectShares({ beta: 40, gamma: 10 }, withoutAlpha);
  });

  it("draws anew without a sticky key, by weight", () => {
    const choice = { stable: 90, canary: 10 };
    const drawn = { stickyKey: undefined, random: seededRandom(7) };
    expectShares(
      choice,
      keys.map(() => planRoute([choice], drawn)),
    );
  });

  it("draws each choice of a route for itself", () => {
    const plans = keys.map((key) =>
      planFor(key, [
        { a: 1, b: 1 },
        { c: 1, d: 1 },
      ]),
    );
    const both = plans.filter((plan) => plan[0] === "a" && plan[2] === "c").length / keyCount;
    expect(Math.abs(both - 0.25)).toBeLessThanOrEqual(tolerance(0.25));
  });

  it("takes an empty key for a key", () => {
    const drawn = { stickyKey: "", random: seededRandom(7) };
    const plans = Array.from({ length: 20 }, () => planRoute([{ a: 1, b: 1 }], drawn).join());
    expect(new Set(plans).size).toBe(1);
  });

  it("never uses a target of weight 0", () => {
    fc.assert(
      fc.property(fc.string(), choices, (key, choice) => {
        const used = Object.keys(choice).filter((name) => (choice[name] ?? 0) > 0);
        expect(planFor(key, [choice]).toSorted()).toEqual(used.sort());
      }),
    );
  });

  it("does not depend on the order in which a choice is written, nor on the unit of its weights", () => {
    fc.assert(
      fc.property(fc.string(), choices, (key, choice) => {
        const reversed = Object.fromEntries(Object.entries(choice).reverse());
        expect(planFor(key, [reversed])).toEqual(planFor(key, [choice]));
      }),
    );
    for (const key of keys.slice(0, 1000)) {
      expect(firstFor(key, { a: 0.9, b: 0.1 })).toBe(firstFor(key, { a: 90, b: 10 }));
    }
  });

  it("moves keys only onto a target whose weight is raised", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 100 }),
        (weights, raise) => {
          const before = Object.fromEntries(names.map((name, index) => [name, weights[index] ?? 0]));
          const after = { ...before, delta: (before["delta"] ?? 0) + raise };
          for (const key of keys.slice(0, 200)) {
            const [was, is] = [firstFor(key, before), firstFor(key, after)];
            if (is !== was) expect(is).toBe("delta");
          }
        },
      ),
    );
  });

  it("raises a canary from 10 to 50 to 100 % without taking it from anyone who has it", () => {
    const steps = [
      { stable: 60, other: 30, canary: 10 },
      { stable: 100 / 3, other: 50 / 3, canary: 50 },
      { stable: 0, other: 0, canary: 100 },
    ];
    for (const key of keys) {
      const [ten, fifty, all] = steps.map((choice) => firstFor(key, choice));
      if (ten === "canary") expect(fifty).toBe("canary");
      if (fifty !== "canary") expect(fifty).toBe(ten);
      expect(all).toBe("canary");
    }
  });

  it("hands the keys of a target that is taken out to the others as their second place said", () => {
    for (const key of keys.slice(0, 2000)) {
      const plan = planFor(key, [{ a: 50, b: 30, c: 20 }]);
      expect(planFor(key, [{ a: 50, b: 0, c: 20 }])).toEqual(plan.filter((name) => name !== "b"));
    }
  });
});
