import { createValueMatcher, type ValueMatcher, type ValueToFind } from "./value-matcher.js";

/** Values that a caller knows to be personal: a list, or lists by type (`{ person: ["Ada Lovelace"] }`). */
export type KnownValues = readonly string[] | Readonly<Record<string, readonly string[]>>;

const knownType = "known";

/** Makes the matcher of known values; none when there are none. */
export function knownMatcher(known: KnownValues | undefined): ValueMatcher | undefined {
  return known === undefined ? undefined : createValueMatcher(valuesOf(known));
}

function valuesOf(known: KnownValues): ValueToFind[] {
  if (isList(known)) return known.map((value) => ({ type: knownType, value }));
  return Object.entries(known).flatMap(([type, values]) => values.map((value) => ({ type, value })));
}

const isList = (known: KnownValues): known is readonly string[] => Array.isArray(known);
