import fc from "fast-check";
import { expect, it } from "vitest";
import { type AutomatonWords, createAutomaton } from "./create-automaton.js";

/** Whether it has found a word after each of the pieces. */
function found(looksFor: AutomatonWords, pieces: readonly string[]): boolean[] {
  const { run, isEnd } = createAutomaton(looksFor);
  let state = 0;
  return pieces.map((piece) => {
    state = run(state, piece);
    return isEnd(state);
  });
}

it("passes over what is not of its alphabet", () => {
  const looksFor = { words: ["abc"], alphabet: "abc", foldsCase: false };
  expect(found(looksFor, ["xaé-", "1b", "👍", "c!", "a"])).toEqual([false, false, false, true, true]);
  expect(found(looksFor, ["aBC abbc", "acb"])).toEqual([false, false]);
  expect(found({ ...looksFor, foldsCase: true }, ["aBC"])).toEqual([true]);
});

it("finds a word within another's beginning, and words that share one", () => {
  const looksFor = { words: ["abab", "ba", "bbb"], alphabet: "ab", foldsCase: false };
  expect(found(looksFor, ["aba"])).toEqual([true]);
  expect(found(looksFor, ["abb", "b"])).toEqual([false, true]);
});

it("finds what a search in the whole text finds, however it comes", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abc"), minLength: 1, maxLength: 6 });
  const piece = fc.string({ unit: fc.constantFrom(..."aabbccABCx7é"), maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.array(piece, { maxLength: 8 }),
      fc.boolean(),
      (words, pieces, foldsCase) => {
        const counting = (text: string) => (foldsCase ? text.toLowerCase() : text).replace(/[^abc]/g, "");
        const expected = pieces.map((_, index) => {
          const text = counting(pieces.slice(0, index + 1).join(""));
          return words.some((each) => text.includes(each));
        });
        expect(found({ words, alphabet: "abc", foldsCase }, pieces)).toEqual(expected);
      },
    ),
    { numRuns: 2_000 },
  );
});
