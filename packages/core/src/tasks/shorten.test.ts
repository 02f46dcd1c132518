import { expect, it } from "vitest";
import { shorten } from "./shorten.js";

it.each([
  ["short enough", 20, "short enough"],
  ["  white \n space ", 20, "white space"],
  ["one two three four", 12, "one two…"],
  ["TypeErrorInSomeVeryLongName", 10, "TypeErrorI…"],
  ["a TypeErrorInSomeVeryLongName", 10, "a TypeErro…"],
  ["see [PERSON_k3f9_0001] and more", 12, "see…"],
  ["code:[PERSON_k3f9_0001]abcdef", 12, "code:…"],
  ["[PERSON_k3f9_0001]abcdef", 12, "[PERSON_k3f9_0001]…"],
  ["[PERSON_k3f9_0001]abcdef", 20, "[PERSON_k3f9_0001]ab…"],
  ["😀😀😀😀", 5, "😀😀…"],
])("%s, at most %d", (text, most, expected) => {
  expect(shorten(text, most)).toBe(expected);
});
