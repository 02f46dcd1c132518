import { plainWords } from "../context-words.js";
import type { MaskType } from "../mask-type.js";
import type { Detection, DetectionSubject, Detector, Span } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { announcedType, explainedType } from "./labelled-numbers.js";
import { type NumberGroup, numberGroups } from "./number-groups.js";
import { ofType } from "./of-type.js";

const types: readonly MaskType[] = [
  "passport",
  "driver_licence",
  "bank_account",
  "health_id",
  "national_id",
  "tax_id",
  "us_ssn",
  "secret",
];
const reach = 64;
/** Codes of cards and one-time codes are short; other numbers are not. */
const codeSize = { min: 3, max: 8 };
const minDigits = 4;
const minLength = 5;
const maxLength = 40;
const date = /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|(?:19|20)\d\d[-/]\d\d)$/;
/** A one-time code in two halves: `904 112`. */
const halves = /^\d{3}[ -]\d{3}$/;
/** A sum of money, or the rest of a longer word. */
const tied = /[$€£¥.,_/=-]/;

/** Numbers of documents and accounts that have no check of their own: what stands before them says what they are. */
export const labelledNumberDetectors: readonly Detector[] = types.map((type) => ({
  type,
  needs: hasDigit,
  find: (subject) => ofType(subject.once(labelledNumbers), type),
}));

interface LabelledNumber extends Detection {
  readonly type: MaskType;
}

function labelledNumbers(text: string, subject: DetectionSubject): readonly LabelledNumber[] {
  const found: LabelledNumber[] = [];
  const { length } = text.trim();
  for (const span of wholeNumbers(text, subject.once(numberGroups))) {
    const isAll = span.end - span.start === length;
    const type = isAll ? typeOfKey(subject) : typeBeside(text, span);
    if (type !== undefined && hasSize(text.slice(span.start, span.end), type))
      found.push({ type, ...span, score: 0.8, why: ["context", "pattern"] });
  }
  return found;
}

function typeOfKey({ path }: DetectionSubject): MaskType | undefined {
  const key = path.findLast((part) => typeof part === "string");
  return key === undefined ? undefined : announcedType(plainWords(key));
}

function typeBeside(text: string, { start, end }: Span): MaskType | undefined {
  return (
    announcedType(text.slice(Math.max(0, start - reach), start)) ??
    explainedType(text.slice(end, end + reach))
  );
}

/** Groups as far as dashes, dots and slashes join them, and further digits behind a space. */
function wholeNumbers(text: string, groups: readonly NumberGroup[]): readonly Span[] {
  const numbers: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const start = groups[first]?.start ?? 0;
    let end = groups[first]?.end ?? 0;
    let hasDigit = groups[first]?.hasDigit ?? false;
    for (let next = groups[first + 1]; next !== undefined; next = groups[first + 1]) {
      if (!isTied(text, end, next) && !(hasDigit && isSpaced(text, end, next))) break;
      end = next.end;
      hasDigit ||= next.hasDigit;
      first += 1;
    }
    if (hasDigit && isNumber(text.slice(start, end)) && !tied.test(text[start - 1] ?? ""))
      numbers.push({ start: text[start - 1] === "#" ? start - 1 : start, end });
  }
  return numbers;
}

const isTied = (text: string, end: number, next: NumberGroup) =>
  next.start === end + 1 && ("-/".includes(text[end] ?? " ") || (text[end] === "." && next.hasDigit));
const isSpaced = (text: string, end: number, next: NumberGroup) =>
  next.start === end + 1 && text[end] === " " && !next.hasLetter && next.end - next.start > 1;

const isNumber = (written: string) =>
  written.length >= codeSize.min && written.length <= maxLength && !date.test(written);

function hasSize(written: string, type: MaskType): boolean {
  const digits = written.replace(/\D/g, "").length;
  if (type === "secret") return (digits === written.length && digits <= codeSize.max) || halves.test(written);
  return written.length >= minLength && digits >= minDigits;
}
