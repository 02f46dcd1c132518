/** A word of a text, and its place. */
export interface Word {
  /** Where it begins and ends in the text. Most words are never cut out: their hash tells that they mean nothing. */
  readonly start: number;
  readonly end: number;
  /** What {@link hashOf} gives for it. */
  readonly hash: number;
  /** Counted in words; the end of a sentence counts for some. */
  readonly at: number;
  /** Whether it is of a script that is written without spaces. */
  readonly isUnspaced: boolean;
  /** Whether it has more than the letters a to z. */
  readonly isOdd: boolean;
}

/** A text in words. */
export interface SplitText {
  readonly words: readonly Word[];
  /** Whether any character is one of {@link formSign}. */
  readonly hasFormSigns: boolean;
}

/** Signs that stand in forged templates, and in few questions. */
export const formSign: RegExp = /[=<>\]:#]/;
/** Scripts that are written without spaces between words. */
export const unspaced: RegExp = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** What part of a word a character of a text without spaces is. */
export const unspacedStep = 0.5;
/** How far a sentence's end puts words apart. */
const sentenceGap = 3;

const ofWord = /[\p{L}\p{N}@$]/u;
const sentenceEnd = /[.!?\n;。！？]/;
const plainLetter = /[a-z]/;

/** What a character is to words, as bits. */
const kind = { known: 1, ofWord: 2, sentenceEnd: 4, unspaced: 8, odd: 16, formSign: 32 } as const;
/** Filled as characters are met. */
const kinds = new Uint8Array(0x1_00_00);

/** Splits a folded text into words: letters, digits and the signs that stand for letters. */
export function splitWords(text: string): SplitText {
  const words: Word[] = [];
  let at = 0;
  let start = 0;
  let hash = 0;
  /** Of all characters of the word that `start` begins; 0 between words. */
  let seen = 0;
  let seenBetween = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? codeAt(text, index) : lineFeed; // ends the last word
    const each = kinds[code] || kindOf(code);
    if ((each & kind.ofWord) !== 0) {
      if (seen === 0) {
        start = index;
        hash = 0;
      }
      seen |= each;
      hash = nextHash(hash, code);
    } else {
      if (seen !== 0) {
        const isUnspaced = (seen & kind.unspaced) !== 0;
        words.push({ start, end: index, hash, at, isUnspaced, isOdd: (seen & kind.odd) !== 0 });
        at += isUnspaced ? (index - start) * unspacedStep : 1;
        seen = 0;
      }
      seenBetween |= each;
      if ((each & kind.sentenceEnd) !== 0) at += sentenceGap;
    }
    if (code > 0xffff) index += 1;
  }
  return { words, hasFormSigns: (seenBetween & kind.formSign) !== 0 };
}

/** A number for a word; two words may share one. */
export function hashOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index += 1) {
    const code = codeAt(word, index);
    hash = nextHash(hash, code);
    if (code > 0xffff) index += 1;
  }
  return hash;
}

const nextHash = (hash: number, code: number) => (Math.imul(hash, 31) + code) | 0;
const lineFeed = 10;

/** Half of a pair counts for itself. */
function codeAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff ? (text.codePointAt(index) ?? unit) : unit;
}

function kindOf(code: number): number {
  const character = String.fromCodePoint(code);
  let found: number = kind.known;
  if (ofWord.test(character)) found |= kind.ofWord;
  if (sentenceEnd.test(character)) found |= kind.sentenceEnd;
  if (unspaced.test(character)) found |= kind.unspaced;
  if (!plainLetter.test(character)) found |= kind.odd;
  if (formSign.test(character)) found |= kind.formSign;
  kinds[code] = found; // no more than the table holds
  return found;
}
