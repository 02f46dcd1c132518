import { invalidConfig } from "../errors/invalid-config.js";
import type { ModelPrice } from "./model-price.js";
import { priceData, vendorPrefixes } from "./price-data.js";
import { priceSchema } from "./price-schema.js";

/** The date of a snapshot, as the vendors write it, or a number such as `-001`. */
const snapshotSuffix = /[-@](\d{4}-\d{2}-\d{2}|\d{8}|00\d)$/;

let table: ReadonlyMap<string, ModelPrice> | undefined;

/**
 * The list price of a model (standard tier, text), or nothing when it is unknown: an unknown price is not 0. The
 * table knows chat and embedding models of the big vendors and is as old as `pricesAsOf` says. Prices change and
 * contracts differ: for the same name an override comes before the table. A name may have its vendor in front
 * (`mistral/codestral-latest`), and a dated snapshot without a price of its own (`gpt-4o-mini-2024-07-18`) has that of
 * its family.
 *
 * @throws `invalid_config` when an override that is asked for is not a price.
 */
export function priceOf(
  model: string,
  overrides: Readonly<Record<string, ModelPrice>> = {},
): ModelPrice | undefined {
  const bare = withoutVendor(model);
  const names = [model, model.replace(snapshotSuffix, ""), bare, bare.replace(snapshotSuffix, "")];
  for (const name of names) {
    const price = priceNamed(name, overrides);
    if (price !== undefined) return price;
  }
  return undefined;
}

function withoutVendor(model: string): string {
  const prefix = vendorPrefixes.find((vendor) => model.startsWith(`${vendor}/`));
  return prefix === undefined ? model : model.slice(prefix.length + 1);
}

function priceNamed(name: string, overrides: Readonly<Record<string, ModelPrice>>): ModelPrice | undefined {
  table ??= pricesByName();
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
  if (override === undefined) return table.get(name);
  if (priceSchema().safeParse(override).success) return override;
  const problems = [
    `${name}: every price must be a number of US dollars per million tokens, 0 or more; tiers go from short prompts to long ones`,
  ];
  throw invalidConfig("Prices", problems);
}

function pricesByName(): ReadonlyMap<string, ModelPrice> {
  const rows = Object.entries(priceData);
  return new Map(rows.flatMap(([names, price]) => names.split(" ").map((name) => [name, price] as const)));
}
