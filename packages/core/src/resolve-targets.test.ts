import { describe, expect, it } from "vitest";
import { isGatewayError } from "./errors/gateway-error.js";
import type { Unpriced } from "./gateway-options.js";
import { resolveTargets } from "./resolve-targets.js";
import { fakeProvider } from "./testing/fake-provider.js";

const house = fakeProvider([{}], { model: "house-model" });
const known = fakeProvider([{}], { model: "gpt-4o-mini" });
const assume = { inputUsd: 3, outputUsd: 9 };

function resolve(unpriced: Unpriced) {
  const warnings: [object, string][] = [];
  const logger = {
    info() {},
    error() {},
    warn: (fields: object, text: string) => warnings.push([fields, text]),
  };
  const targets = resolveTargets([{ provider: known }, { provider: house, name: "house" }], unpriced, logger);
  return { targets, warnings };
}

describe("a target whose price is not known", () => {
  it("is refused when unpriced models are blocked, with its model and no warning", () => {
    expect(() => resolve("block")).toThrowError(
      expect.toSatisfy(
        (error) =>
          isGatewayError(error, "invalid_config") &&
          error.details.problems.length === 1 &&
          error.details.problems[0]?.includes('"house-model"') === true,
      ),
    );
  });

  it("has no price when they are allowed, and that is warned of", () => {
    const { targets, warnings } = resolve("allow");
    expect(targets[1]).toMatchObject({ name: "house", price: undefined, unpriced: "free" });
    expect(warnings).toEqual([[{ target: "house", model: "house-model" }, expect.stringContaining("free")]]);
  });

  it("has the assumed price, and that is warned of", () => {
    const { targets, warnings } = resolve({ assume });
    expect(targets[1]).toMatchObject({ price: assume, unpriced: "assumed" });
    expect(warnings).toEqual([
      [{ target: "house", model: "house-model" }, expect.stringContaining("assumed")],
    ]);
  });
});

it.each<Unpriced>(["allow", { assume }])("a known price is taken from the table with %j", (unpriced) => {
  expect(resolve(unpriced).targets[0]).toMatchObject({ price: { inputUsd: 0.15, outputUsd: 0.6 } });
  expect(resolve(unpriced).targets[0]).not.toHaveProperty("unpriced");
});

it("a price of its own comes before the table and before an assumed one", () => {
  const own = { inputUsd: 1, outputUsd: 2 };
  const logger = { info() {}, error() {}, warn: () => expect.unreachable("nothing to warn of") };
  const targets = [known, house].map((provider) => ({ provider, price: own }));
  expect(resolveTargets(targets, { assume }, logger).map(({ price }) => price)).toEqual([own, own]);
});
