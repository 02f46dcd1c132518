const length = 16;
const alphabet = "abcdefghijklmnopqrstuvwxyz";

/** What every call's mark looks like; letters only, so that no detector takes one for a number. */
export const callMarks: RegExp = new RegExp(`\\bmark-[a-z]{${length}}\\b`, "g");

/** Makes a word that nobody outside of one call can know (75 bits). */
export function createCallMark(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `mark-${Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("")}`;
}
