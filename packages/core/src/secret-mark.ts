const length = 16;
const alphabet = "abcdefghijklmnopqrstuvwxyz";

/** What every mark looks like; letters only, so that no detector takes one for a number. */
export const secretMarks: RegExp = new RegExp(`\\bmark-[a-z]{${length}}\\b`, "g");

/** Makes a word that nobody can guess (75 bits). */
export function createSecretMark(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `mark-${Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("")}`;
}
