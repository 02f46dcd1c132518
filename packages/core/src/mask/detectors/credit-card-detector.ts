import { passesLuhn } from "../checks/passes-luhn.js";
import { contextWords } from "../context-words.js";
import type { Detector, Span } from "./detector.js";
import { hasSevenDigits } from "./digit-clues.js";
import { numberGroups } from "./number-groups.js";

const maestro = /^(?:50|5[6-9]|6[0137-9])/;
/** Issuer ranges (ISO/IEC 7812 issuer identification numbers) with the lengths their cards have. */
const issuers: readonly { readonly range: RegExp; readonly lengths: readonly number[] }[] = [
  { range: /^4/, lengths: [13, 16, 19] },
  { range: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { range: /^(?:3[47]|1800|2131)/, lengths: [15] },
  { range: /^(?:6011|64[4-9]|65|62|35)/, lengths: [16, 17, 18, 19] },
  { range: /^(?:30[0-5]|3095|3[689])/, lengths: [14, 15, 16, 17, 18, 19] },
  { range: maestro, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { range: /^220[0-4]/, lengths: [16, 17, 18, 19] },
];
const minDigits = 12;
const maxDigits = 19;
/** One in ten numbers of that range passes the check; shorter than usual and in one piece it needs its word. */
const shortMaestro = new RegExp(`${maestro.source}\\d{10,13}$`);
const cardWords = contextWords([
  ...["card*", "credit*", "debit", "maestro", "kredit*", "kart*", "carte*", "carta*", "tarjeta*", "cartao"],
  ...["kaart*", "pan", "cc"],
]);

/** Payment card numbers: known issuer, right length, right check digit; in one piece or in the usual groups. */
export const creditCardDetector: Detector = {
  type: "credit_card",
  needs: hasSevenDigits,
  *find(subject) {
    const { text } = subject;
    const groups = subject
      .once(numberGroups)
      .filter((group) => !group.hasLetter && text[group.start - 1] !== "_" && text[group.end] !== "_");
    for (let first = 0; first < groups.length; ) {
      const last = lastGroupOfCard(text, groups, first);
      const span = { start: groups[first]?.start ?? 0, end: groups[last ?? first]?.end ?? 0 };
      if (last !== undefined && !(isAnyNumber(text, span) && subject.near(span, cardWords) === undefined))
        yield { ...span, score: 0.95, why: ["pattern", "checksum"] };
      first = (last ?? first) + 1;
    }
  },
};

const isAnyNumber = (text: string, { start, end }: Span) => shortMaestro.test(text.slice(start, end));

/** The longest card that starts with group `first`. */
function lastGroupOfCard(text: string, groups: readonly Span[], first: number): number | undefined {
  let digits = "";
  let found: number | undefined;
  for (let index = first; index < groups.length; index += 1) {
    const group = groups[index];
    if (group === undefined || (index > first && !continues(text, groups[index - 1], group))) break;
    digits += text.slice(group.start, group.end);
    if (digits.length > maxDigits) break;
    if (digits.length >= minDigits && isCard(digits)) found = index;
    // Printed cards come in groups of four to six; only the last may be shorter.
    const size = group.end - group.start;
    if (index === first ? size !== 4 : size < 4 || size > 6) break;
  }
  return found;
}

const between = /^[ ./·•\n-]{1,2}$/;
const continues = (text: string, previous: Span | undefined, next: Span) =>
  previous !== undefined &&
  next.start - previous.end <= 2 &&
  between.test(text.slice(previous.end, next.start));

function isCard(digits: string): boolean {
  const isIssued = issuers.some(
    ({ range, lengths }) => lengths.includes(digits.length) && range.test(digits),
  );
  return isIssued && passesLuhn(digits);
}
