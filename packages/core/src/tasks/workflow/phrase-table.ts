import type { Token } from "../services/scan-text.js";

/** The word at an index in lower case; empty for anything but a word. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === "word" ? token.lower.replace("’", "'") : "";
}

/**
 * Makes a search for fixed phrases, given as `one phrase|another phrase`. It returns how many tokens at an index are
 * the longest phrase that fits; 0 when none does.
 */
export function phraseTable(phrases: string): (tokens: readonly Token[], first: number) => number {
  const byFirstWord = new Map<string, string[][]>();
  const longestFirst = phrases
    .split("|")
    .map((phrase) => phrase.trim().split(/\s+/u))
    .sort((left, right) => right.length - left.length);
  for (const words of longestFirst) {
    const first = words[0] ?? "";
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), words]);
  }
  return function phraseLength(tokens, first) {
    const candidates = byFirstWord.get(wordAt(tokens, first));
    const found = candidates?.find((words) => words.every((word, at) => wordAt(tokens, first + at) === word));
    return found?.length ?? 0;
  };
}
