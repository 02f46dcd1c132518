import { plainText } from "./query-word.js";

/** A value that documents have, found by a word for it. */
export interface FoundValue {
  readonly value: string;
  /** Whether the word is the value itself, not another word for it. */
  readonly isExact: boolean;
}

/** The values of one field of the documents, found by their words. */
export interface ValueLookup {
  /** Distinct, as the first document that has it writes it. */
  readonly values: readonly string[];
  /** Nothing when no value fits, or several do. */
  find(phrase: string): FoundValue | undefined;
}

/** More words for a value: `{ invoice: ["bill"] }`. */
export type ValueWords = Readonly<Record<string, readonly string[]>>;

/** Makes a lookup for kinds or states; singular and plural count as the same word. */
export function createValueLookup(
  values: Iterable<string>,
  words: { readonly groups: readonly (readonly string[])[]; readonly own: ValueWords },
): ValueLookup {
  const known = distinctByKey(values);
  const others = new Map<string, Set<string>>();
  for (const group of words.groups) {
    const held = group.map(valueKey).filter((key) => known.has(key));
    if (held.length === 1 && held[0] !== undefined) addPhrases(others, group, held[0]);
  }
  addOwnWords(others, words.own, known);
  return toLookup(known, others);
}

/** Makes a lookup for people: by full name, first or last name, e-mail address or the part before its `@`. */
export function createOwnerLookup(values: Iterable<string>, own: ValueWords): ValueLookup {
  const known = distinctByKey(values);
  const others = new Map<string, Set<string>>();
  for (const key of known.keys()) {
    const name = plainText(key.split("@", 1)[0] ?? "").replace(/[._\s]+/gu, " ");
    addTo(others, name, key);
    for (const part of name.split(" ")) if (/^\p{L}{2,}$/u.test(part)) addTo(others, part, key);
  }
  addOwnWords(others, own, known);
  return toLookup(known, others);
}

function addOwnWords(
  others: Map<string, Set<string>>,
  own: ValueWords,
  known: ReadonlyMap<string, string>,
): void {
  for (const [value, phrases] of Object.entries(own)) {
    const key = valueKey(value);
    if (known.has(key)) addPhrases(others, phrases, key);
  }
}

function addPhrases(others: Map<string, Set<string>>, phrases: readonly string[], key: string): void {
  for (const phrase of phrases) addTo(others, valueKey(phrase), key);
}

/** One spelling for comparing values: lower case, singular words. */
export const valueKey = (value: string): string => plainText(value).split(" ").map(singular).join(" ");

/** "invoices" → "invoice". */
export function singular(word: string): string {
  if (word.length < 4 || word.includes("@")) return word;
  if (word.endsWith("ies")) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:ss|sh|ch|x|z)es$/u.test(word)) return word.slice(0, -2);
  return /[^suix]s$/u.test(word) ? word.slice(0, -1) : word;
}

function toLookup(
  known: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, ReadonlySet<string>>,
): ValueLookup {
  return {
    values: [...known.values()],
    find(phrase) {
      const key = valueKey(phrase);
      const exact = known.get(key);
      if (exact !== undefined) return { value: exact, isExact: true };
      const [only, ...more] = others.get(key) ?? [];
      const value = only === undefined || more.length > 0 ? undefined : known.get(only);
      return value === undefined ? undefined : { value, isExact: false };
    },
  };
}

function distinctByKey(values: Iterable<string>): Map<string, string> {
  const known = new Map<string, string>();
  for (const value of new Set(values)) {
    const key = valueKey(value);
    if (key !== "" && !known.has(key)) known.set(key, value);
  }
  return known;
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const group = map.get(key);
  if (group === undefined) map.set(key, new Set([value]));
  else group.add(value);
}
