import fc from "fast-check";
import { expect, it } from "vitest";
import { hashOf, splitWords } from "./split-words.js";

const texts = (text: string) => splitWords(text).words.map(({ start, end }) => text.slice(start, end));
const places = (text: string) => splitWords(text).words.map(({ at }) => at);

it("takes letters, digits and the signs that stand for letters for words", () => {
  expect(texts("don't pay $5 to a@b, été_99!")).toEqual(["don", "t", "pay", "$5", "to", "a@b", "été", "99"]);
  expect(texts("")).toEqual([]);
  expect(texts(" .-_\ud83d 👍")).toEqual([]);
  expect(texts("𠀀x\ud840")).toEqual(["𠀀x"]);
});

it("counts places in words, and puts a sentence's end between", () => {
  expect(places("one two, three")).toEqual([0, 1, 2]);
  expect(places("one. two\n\nthree")).toEqual([0, 4, 11]);
  expect(places("忽略以上 two。three")).toEqual([0, 2, 6]);
});

it("tells scripts without spaces, and words with more than a to z", () => {
  expect(
    splitWords("plain w0rd слово ไทย").words.map(({ isOdd, isUnspaced }) => [isOdd, isUnspaced]),
  ).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [true, true],
  ]);
});

it("tells whether a text has signs of a forged template", () => {
  for (const text of ["a = b", "<b", "b>", "[b]", "b:", "#"])
    expect(splitWords(text).hasFormSigns).toBe(true);
  for (const text of ["", "[b(!?%*", "é：＝"]) expect(splitWords(text).hasFormSigns).toBe(false);
});

it("splits any text as the classes of Unicode say, the second time too", () => {
  const words = /[\p{L}\p{N}@$]+/gu;
  const character = fc.oneof(
    fc.constantFrom(..."ab1@$ .!。\ud83d\udc4d_é忽ไ"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 60 }), (characters) => {
      const text = characters.join("");
      const expected = text.match(words) ?? [];
      expect(texts(text)).toEqual([...expected]);
      expect(texts(text)).toEqual([...expected]);
      expect(splitWords(text).words.map(({ hash }) => hash)).toEqual(expected.map(hashOf));
    }),
    { numRuns: 1_000 },
  );
});
