import { invalidConfig } from "../errors/invalid-config.js";
import { isTypeName, typeNameRule } from "./placeholder.js";
import { createValueMatcher, type ValueMatcher, type ValueToFind } from "./value-matcher.js";

/**
 * Values that a caller knows to be personal: a list, or lists by type (`{ person: ["Ada Lovelace"] }`). What is undefined
 * is left out, so that `[user.name]` needs no check.
 */
export type KnownValues =
  | readonly (string | undefined)[]
  | Readonly<Record<string, readonly (string | undefined)[] | undefined>>;

const knownType = "known";

/** What known values have to be, for a message that follows the option's name. */
export const knownShape = "must be a list of texts, or lists by type";

/**
 * Makes the matcher of known values; none when there are none.
 *
 * @throws `invalid_config` for what is no list of texts, quoting no value: one that was overlooked would not be hidden.
 */
export function knownMatcher(known: KnownValues | undefined): ValueMatcher | undefined {
  return known === undefined ? undefined : createValueMatcher(valuesOf(known));
}

function valuesOf(known: unknown): ValueToFind[] {
  if (Array.isArray(known)) return textsOf(known).map((value) => ({ type: knownType, value }));
  // A map or a set would seem to be empty.
  if (Object.prototype.toString.call(known) !== "[object Object]") throw refusal(knownShape);
  return Object.entries(Object(known)).flatMap(([type, values]) => {
    if (!isTypeName(type)) throw refusal(typeNameRule);
    return values === undefined ? [] : textsOf(values).map((value) => ({ type, value }));
  });
}

function textsOf(values: unknown): string[] {
  if (!Array.isArray(values)) throw refusal(knownShape);
  const given = values.filter((value) => value !== undefined && value !== "");
  if (given.some((value) => typeof value !== "string")) throw refusal(knownShape);
  return given;
}

const refusal = (problem: string) => invalidConfig("Pattern masker", [`known: ${problem}`]);
