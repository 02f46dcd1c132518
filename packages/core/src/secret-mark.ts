const length = 16;
/** Drawn for many marks at once: each draw costs more than a mark. No byte is used twice. */
const drawn = new Uint8Array(length * 128);
let used = drawn.length;
const alphabet = "abcdefghijklmnopqrstuvwxyz";

/** What every mark looks like; letters only, so that no detector takes one for a number. */
export const secretMarks: RegExp = new RegExp(`\\bmark-[a-z]{${length}}\\b`, "g");

/** Makes a word that nobody can guess (75 bits). */
export function createSecretMark(): string {
  if (used + length > drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  let word = "mark-";
  for (const end = used + length; used < end; used++) word += alphabet[(drawn[used] ?? 0) % alphabet.length];
  return word;
}
