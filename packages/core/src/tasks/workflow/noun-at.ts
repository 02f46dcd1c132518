import type { Token } from "../services/scan-text.js";
import { builtInNouns, categoryNouns } from "./category-nouns.js";
import { wordAt } from "./phrase-table.js";

/** A noun that tells what kind of service is meant. */
export interface Noun {
  /** Singular. */
  readonly name: string;
  /** Words. */
  readonly length: number;
}

/** The longest such noun that starts at an index. */
export function nounAt(tokens: readonly Token[], at: number): Noun | undefined {
  const [first, second] = [wordAt(tokens, at), wordAt(tokens, at + 1)];
  const names = second === "" ? [] : [{ name: `${first} ${second}`, length: 2 }];
  for (const { name, length } of [...names, { name: first, length: 1 }]) {
    for (const singular of [
      name,
      name.replace(/s$/u, ""),
      name.replace(/es$/u, ""),
      name.replace(/ies$/u, "y"),
    ]) {
      if (categoryNouns.has(singular) || builtInNouns.has(singular)) return { name: singular, length };
    }
  }
  return undefined;
}
