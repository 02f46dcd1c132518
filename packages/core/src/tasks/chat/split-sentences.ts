/** Cuts a text into sentences and lines; "£9.99", "e.g." and list items stay whole. Headings are left out. */
export const splitSentences = (text: string): string[] =>
  text
    .split(/\n+/u)
    .filter((line) => !/^#{1,6}\s/u.test(line))
    .flatMap((line) =>
      line.split(/(?<=[.!?]["”)]?)(?<!\b(?:e\.g|i\.e|etc|vs|approx|incl)\.)\s+(?=\p{Lu}|\p{N}|["“(£$€])/u),
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
