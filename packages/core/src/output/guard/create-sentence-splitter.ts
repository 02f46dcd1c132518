import { longestTag } from "./find-tags.js";

/** Finds where sentences end in a text that grows. */
export interface SentenceSplitter {
  /**
   * Where the first sentence of `text` ends; `undefined` when more of it must come to tell. `text` is what it was the
   * last time, or longer; after an end it begins behind that end.
   */
  end(text: string, isWhole: boolean): number | undefined;
}

/** A sentence that goes on for so long ends at a space, … */
const longSentence = 400;
/** … and without one here. */
const longestSentence = 2_000;
/** Brackets and tags that are not closed after so much are none. */
const longest = { "[": 300, "<": longestTag } as const;
const closing = { "[": "]", "<": ">" } as const;
/** Host and all of an address are within so many characters. */
const addressLength = 300;
/** May go on and on: it is not split before it is too long for a tag. */
const tagBegin = /^<[a-z]/i;
/** Whether neither an image nor `https://` may begin there and go on. */
const mayEndBehind = (character: string, length: number) =>
  !/[!\]\\]/.test(character) && (!/[hftpsw:/.]/i.test(character) || length >= 2 * longestSentence);
const space = /\s/;
/** Of ASCII by code: 1 for what opens nothing and ends nothing by itself, as most characters do. */
const isInner = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[^\s[<(:]/.test(String.fromCharCode(code)) ? 1 : 0,
);
const isOpening = (character: string): character is "[" | "<" => character === "[" || character === "<";

/**
 * Makes a splitter. Nothing behind a sentence's end matters to it, so a text is split alike however it comes. What
 * stands in brackets or in a tag is never split, nor is a link from its address.
 */
export function createSentenceSplitter(): SentenceSplitter {
  let index = 0;
  let opened = Number.NEGATIVE_INFINITY;
  let awaitsAddress = false;
  /** Where the last character stands that is no space. */
  let last = -1;
  const endAt = (end: number) => {
    index = 0;
    opened = Number.NEGATIVE_INFINITY;
    awaitsAddress = false;
    last = -1;
    return end;
  };
  return {
    end(text, isWhole) {
      for (; index < text.length; index += 1) {
        if (index < longestSentence && isInner[text.charCodeAt(index)] === 1) {
          last = index;
          awaitsAddress = false;
          continue;
        }
        const at = index;
        const before = text.charAt(last);
        const character = text.charAt(at);
        if (isOpening(character)) {
          const most = longest[character];
          const length = text.slice(index, index + most).indexOf(closing[character]);
          if (length === -1 && text.length - index < most && !isWhole) return undefined;
          if (length !== -1) {
            index += length;
            last = index;
            continue;
          }
          if (tagBegin.test(text.slice(index, index + 2))) index += Math.min(most, text.length - index) - 1;
        }
        if (character !== " " && !space.test(character)) {
          const opens = before === "]" && (character === "(" || character === ":");
          if (opens) opened = index;
          awaitsAddress = opens;
          if ("。！？".includes(character)) return endAt(index + 1);
          last = at;
        } else if (character === "\n" || ".!?".includes(before || " ") || index >= longSentence) {
          if (!awaitsAddress) return endAt(index + 1);
        }
        const isWithin = awaitsAddress || index - opened <= addressLength;
        if (index >= longestSentence && !isWithin && mayEndBehind(text.charAt(index - 1), index))
          return endAt(index);
      }
      return isWhole && text !== "" ? endAt(text.length) : undefined;
    },
  };
}
