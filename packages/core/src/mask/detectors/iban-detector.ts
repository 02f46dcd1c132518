import { countrySpecs, isValidIBAN } from "ibantools";
import type { Detection, Detector, Span } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { isAlphanumeric, numberGroups } from "./number-groups.js";

const opening = /(?:[A-Z]{2}|[a-z]{2})\d{2}(?=[ .\n-]{0,2}[A-Za-z0-9])/y;
/** Countries whose banks have letters only in the registry; the library takes digits there too. */
const bankInLetters = /^(?:(?!IE|PK|PS|VG|GE)|(?:IE|PK|PS|VG)\d\d[A-Z]{4}|GE\d\d[A-Z]{2})/;
const maxGap = 2;
const isGap = (character: string | undefined) =>
  character === " " || character === "." || character === "\n" || character === "-";

/** International bank account numbers (ISO 13616) of a country's form with a valid check, also in groups. */
export const ibanDetector: Detector = {
  type: "iban",
  needs: hasDigit,
  find(subject) {
    const { text } = subject;
    const found: Detection[] = [];
    for (const { start } of subject.once(numberGroups)) {
      opening.lastIndex = start;
      if (!opening.test(text)) continue;
      const country = text.slice(start, start + 2).toUpperCase();
      const length = countrySpecs[country]?.chars ?? undefined;
      const span = length === undefined ? undefined : accountAt(text, start, length);
      if (span !== undefined) found.push({ ...span, score: 1, why: ["pattern", "checksum"] });
    }
    return found;
  },
};

function accountAt(text: string, start: number, length: number): Span | undefined {
  let account = "";
  let end = start;
  while (account.length < length) {
    for (let gap = 0; gap < maxGap && end > start && isGap(text[end]); gap += 1) end += 1;
    if (!isAlphanumeric(text, end)) return undefined;
    account += text[end];
    end += 1;
  }
  const isOneCase = account === account.toUpperCase() || account === account.toLowerCase();
  const isWhole = isOneCase && !isAlphanumeric(text, end);
  const capitals = account.toUpperCase();
  return isWhole && bankInLetters.test(capitals) && isValidIBAN(capitals) ? { start, end } : undefined;
}
