import { priceOf } from "./budget/price-table.js";
import { invalidConfig } from "./errors/invalid-config.js";
import type { TargetOptions } from "./gateway-options.js";
import type { RouteTarget } from "./route/router.js";

/**
 * Targets with every field filled in.
 *
 * @throws `invalid_config` when a price is not known and has to be
 */
export function resolveTargets(
  targets: readonly TargetOptions[],
  unpriced: "block" | "allow",
): readonly RouteTarget[] {
  const taken = new Map<string, number>();
  const resolved = targets.map(({ provider, model = provider.model, ...own }): RouteTarget => {
    const { name = freeName(`${provider.name}/${model}`, taken), maxConcurrent = 50 } = own;
    return { name, provider, model, price: own.price ?? priceOf(model), maxConcurrent };
  });
  const problems = resolved
    .filter(({ price }) => price === undefined && unpriced === "block")
    .map(
      ({ model }) =>
        `targets: the price of model "${model}" is not known; give its target a \`price\` or set \`unpriced: "allow"\``,
    );
  if (problems.length > 0)
    throw invalidConfig("The AI gateway can't start with this configuration", problems);
  return resolved;
}

/** One model may be there twice, with two credentials: the second is `#2`. */
function freeName(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}#${count}`;
}
