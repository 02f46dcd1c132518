/** A sentence that goes on for so long ends at a space, … */
const longSentence = 400;
/** … and without one here. */
const longestSentence = 2_000;
/** Brackets and tags that are not closed after so much are none. */
const longest = { "[": 300, "<": 1_000 } as const;
const closing = { "[": "]", "<": ">" } as const;
/** Host and all of an address are within so many characters. */
const addressLength = 300;
const space = /\s/;
const isOpening = (character: string | undefined): character is "[" | "<" =>
  character === "[" || character === "<";

/**
 * Where the first sentence of a text ends; `undefined` when more of the text must come to tell. Nothing behind that end
 * matters, so a text is split alike however it comes. What stands in brackets or in a tag is never split, nor is a link
 * from its address.
 */
export function endOfSentence(text: string, isWhole: boolean): number | undefined {
  let opened = Number.NEGATIVE_INFINITY;
  let before = "";
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (isOpening(character)) {
      const most = longest[character];
      const length = text.slice(index, index + most).indexOf(closing[character]);
      if (length !== -1) {
        before = closing[character];
        index += length;
        continue;
      }
      if (text.length - index < most && !isWhole) return undefined;
    }
    if (before === "]" && (character === "(" || character === ":")) opened = index;
    const isSpace = space.test(character);
    if (isSpace && (character === "\n" || /[.!?]/.test(before) || index >= longSentence)) {
      const awaitsAddress = opened >= 0 && text.slice(opened + 1, index).trim() === "";
      if (!awaitsAddress) return index + 1;
    }
    if (/[。！？]/.test(character)) return index + 1;
    if (index >= longestSentence && index - opened > addressLength) return index;
    if (!isSpace) before = character;
  }
  return isWhole && text !== "" ? text.length : undefined;
}
