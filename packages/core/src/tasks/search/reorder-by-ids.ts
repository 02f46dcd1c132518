import { GatewayError } from "../../errors/gateway-error.js";

/**
 * Brings what a model named to the front, in its order; what it left out follows in the old order. Ids that are not
 * among the items are passed over.
 *
 * @throws `invalid_output` when a model names ids, and none of them is known.
 */
export function reorderByIds<Item>(
  items: readonly Item[],
  ids: readonly string[],
  idOf: (item: Item) => string,
): Item[] {
  const byId = new Map(items.map((item) => [idOf(item), item]));
  const named = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  if (named.length === 0 && ids.length > 0 && items.length > 0)
    throw new GatewayError("invalid_output", "The ranking names no document that was listed.");
  return [...new Set([...named, ...items])];
}
