/** Letters of other scripts that look like Latin ones. */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [..."аaеeоoрpсcхxуyіiјjѕsһhԁdԛqԝwмmтtкkвbнhαaοoεeιiκkνvρpτtυuχxɡg"].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1] ?? ""]] : [],
  ),
);
/** Digits and signs that stand for letters. */
const leetLetters: Readonly<Record<string, string>> = {
  0: "o",
  1: "i",
  3: "e",
  4: "a",
  5: "s",
  7: "t",
  8: "b",
  "@": "a",
  $: "s",
};
const beyondAscii = /[^\0-\x7f]/;
const unseen = /[\p{Cf}\p{Variation_Selector}]/gu;
const marks = /\p{M}/gu;
const latin = /[a-z]/;
const leet = /[0-9@$]/;

/** A text in small letters without accents, in one form of each character, without what nobody sees. */
export function foldWords(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text
    .replace(unseen, "")
    .normalize("NFKD")
    .replace(marks, "")
    .toLowerCase()
    .replaceAll("ı", "i")
    .normalize("NFC");
}

/** The word that a disguised one is to be read as; itself when it is none. */
export function undisguise(word: string): string {
  if (!latin.test(word)) return word;
  const plain = beyondAscii.test(word) ? mapLetters(word, lookAlikes) : word;
  return leet.test(plain) ? mapLetters(plain, leetLetters) : plain;
}

const mapLetters = (word: string, table: Readonly<Record<string, string>>) =>
  Array.from(word, (letter) => table[letter] ?? letter).join("");
