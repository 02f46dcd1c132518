import { priceOf } from "./budget/price-table.js";
import { invalidConfig } from "./errors/invalid-config.js";
import type { TargetOptions, Unpriced } from "./gateway-options.js";
import type { Logger } from "./logger.js";
import type { RouteTarget } from "./route/router.js";

/**
 * Targets with every field filled in. A price that is assumed, or counts as 0, is warned of.
 *
 * @throws `invalid_config` when a price is not known and has to be
 */
export function resolveTargets(
  targets: readonly TargetOptions[],
  unpriced: Unpriced,
  logger: Logger,
): readonly RouteTarget[] {
  const taken = new Map<string, number>();
  const resolved = targets.map(({ provider, model = provider.model, ...own }): RouteTarget => {
    const { name = freeName(`${provider.name}/${model}`, taken), maxConcurrent = 50 } = own;
    const price = own.price ?? priceOf(model);
    const target = { name, provider, model, price, maxConcurrent };
    if (price !== undefined) return target;
    if (typeof unpriced === "string") return { ...target, unpriced: "free" };
    return { ...target, price: unpriced.assume, unpriced: "assumed" };
  });
  const unknown = resolved.filter((target) => target.unpriced !== undefined);
  if (unpriced === "block" && unknown.length > 0)
    throw invalidConfig("The AI gateway can't start with this configuration", unknown.map(problemOf));
  for (const { name, model, unpriced: how } of unknown)
    logger.warn({ target: name, model }, how === "free" ? countsAsFree : priceIsAssumed);
  return resolved;
}

const countsAsFree =
  "The price of this model is not known: its calls count as free, and no budget holds for them.";
const priceIsAssumed = "The price of this model is not known: budgets count with the assumed one.";

const problemOf = ({ model }: RouteTarget) =>
  `targets: the price of model "${model}" is not known; give its target a \`price\`, or set \`unpriced\` to { assume: price } or "allow"`;

/** One model may be there twice, with two credentials: the second is `#2`. */
function freeName(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}#${count}`;
}
