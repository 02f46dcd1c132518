/** A word of a text, and its place. */
export interface Word {
  readonly text: string;
  /** Counted in words; the end of a sentence counts for some. */
  readonly at: number;
  /** Whether it is of a script that is written without spaces. */
  readonly isUnspaced: boolean;
  /** Whether it has more than the letters a to z. */
  readonly isOdd: boolean;
}

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
const kind = { known: 1, ofWord: 2, sentenceEnd: 4, unspaced: 8, odd: 16 } as const;
/** Filled as characters are met. */
const kinds = new Uint8Array(0x1_00_00);

/** The words of a folded text: letters, digits and the signs that stand for letters. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  let start = 0;
  /** Of all characters of the word that `start` begins; 0 between words. */
  let seen = 0;
  const endWord = (end: number) => {
    const isUnspaced = (seen & kind.unspaced) !== 0;
    words.push({ text: text.slice(start, end), at, isUnspaced, isOdd: (seen & kind.odd) !== 0 });
    at += isUnspaced ? (end - start) * unspacedStep : 1;
    seen = 0;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    const each = kinds[code] || kindOf(code);
    if ((each & kind.ofWord) !== 0) {
      if (seen === 0) start = index;
      seen |= each;
    } else {
      if (seen !== 0) endWord(index);
      if ((each & kind.sentenceEnd) !== 0) at += sentenceGap;
    }
    if (code > 0xffff) index += 1;
  }
  if (seen !== 0) endWord(text.length);
  return words;
}

function kindOf(code: number): number {
  const character = String.fromCodePoint(code);
  let found: number = kind.known;
  if (ofWord.test(character)) found |= kind.ofWord;
  if (sentenceEnd.test(character)) found |= kind.sentenceEnd;
  if (unspaced.test(character)) found |= kind.unspaced;
  if (!plainLetter.test(character)) found |= kind.odd;
  kinds[code] = found; // no more than the table holds
  return found;
}
