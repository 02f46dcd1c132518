import { isDate } from "../checks/is-date.js";
import { matchesIn } from "../matches-in.js";
import type { Detection, Detector, Span } from "./detector.js";
import { hasSevenDigits } from "./digit-clues.js";
import { isRefuted } from "./id-number-detectors.js";
import { matchSpans, scored } from "./match-spans.js";

const extension = "(?: ?(?:x|ext\\.?) ?\\d{1,6})?(?!\\w|-\\d)";
/** North American numbers, 3-3-4, with or without the country code: area and exchange start at 2. */
const northAmerican = new RegExp(
  `(?<![\\w.+-])(?:(?:\\+|00)?1[ .-]?)?(?:\\([2-9]\\d\\d\\)[ .-]?|[2-9]\\d\\d[ .-])[2-9]\\d\\d[ .-]\\d{4}${extension}`,
  "gi",
);
/** International numbers (E.164: at most 15 digits) after `+`, or after `00` with separators. */
const international = new RegExp(
  `(?<![\\w+])\\+(?:1(?:[ .()/-]{0,2}\\d){10}|[1-9](?:[ .()/-]{0,2}\\d){6,14})${extension}`,
  "gi",
);
const afterDoubleZero = new RegExp(
  `(?<![\\w.+-])00[1-9]\\d{0,2}[ .-](?:\\d{1,8}[ .-]){1,5}\\d{2,8}${extension}`,
  "gi",
);
/** Groups that only phone numbers have: an area code in brackets, mobile phones of China, Russia's trunk prefix. */
const grouped =
  /(?<![\w.+/-]|\) )(?:\(\d{2,4}\) ?\d{3,5}-\d{3,4}|8 ?\(\d{3}\) ?\d{3}-\d\d-\d\d|1[3-9]\d-\d{4}-\d{4})(?![\w-]|\.\d)/g;
/** National numbers with the trunk prefix 0, in groups. */
const trunkStart = /(?<![\w.+/:-]|\d,)(?:\(0\d{1,5}\) ?|0(?:[1-9]\d{0,4})?(?=[ ./-]\d))/g;
const nextGroup = /[ ./-]?(\d{2,8})(?!\w)/y;
const minNational = 9;
const maxNational = 11;
const date = /^\d\d[./-]\d\d[./-]\d{4}/;
/** A birthday and a serial number, as in the personal numbers of many countries. */
const personal = /^(?:(\d{6})[-/]\d{3,4}|(\d\d\.\d\d\.\d\d)-\d{3}\.\d\d)$/;
/** A short group right before: of an account number (`AB12 `), or of a row of groups that began earlier (`86 `). */
const shortGroup =
  /(?:^|[^A-Za-z0-9])(?:(?=[A-Z]{0,3}\d)[A-Z0-9]{4}|[A-Z]{1,3}\d{1,3}|(?<![:.,/+-])\d{1,4}) $/;
const bytes = /^\d\d(?: \d\d)+$/;
const byteBehind = /^ [\da-f]{2}(?![\da-z])|^>/i;
const digitsOf = (text: string) => text.replace(/\D/g, "");

/** Phone numbers that `+`, `00` or separators give away; a bare run of digits is not one. */
export const phoneDetector: Detector = {
  type: "phone",
  needs: hasSevenDigits,
  find: (subject) => phonesIn(subject.text).filter(({ start }) => !isRefuted(subject, start)),
};

function phonesIn(text: string): readonly Detection[] {
  const phones = [
    ...scored(matchSpans(text, northAmerican), 0.75, ["pattern"]),
    ...scored(matchSpans(text, grouped), 0.65, ["pattern"]),
  ];
  if (text.includes("+"))
    phones.push(...scored(matchSpans(text, international, isLongEnough), 0.85, ["pattern"]));
  if (!text.includes("0")) return phones;
  const afterZeros = matchSpans(text, afterDoubleZero, (match, start) => {
    return isInternationalLength(match) && !isOther(text, { start, end: start + match.length });
  });
  phones.push(...scored(afterZeros, 0.75, ["pattern"]), ...scored(findNational(text), 0.6, ["pattern"]));
  return phones;
}

const isLongEnough = (match: string) => digitsOf(match).length >= (/[ .()/-]/.test(match) ? 7 : 8);
const isInternationalLength = (match: string) => {
  const { length } = digitsOf(match.replace(/[xe].*$/i, ""));
  return length >= 10 && length <= 17;
};

function findNational(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { 0: first, index: start } of matchesIn(text, trunkStart)) {
    const end = endOfNational(text, start, start + first.length);
    if (end !== undefined && !isOther(text, { start, end })) spans.push({ start, end });
  }
  return spans;
}

/** A date, a personal number, a piece of a longer row of groups, or bytes: `00 1f 0a`, `01 02 03 04 05 06`. */
function isOther(text: string, { start, end }: Span): boolean {
  const number = text.slice(start, end);
  if (date.test(number) || isPersonal(number) || /^[0 ]+$/.test(number)) return true;
  if (shortGroup.test(text.slice(Math.max(0, start - 6), start))) return true;
  return bytes.test(number) && (number.length > 14 || byteBehind.test(text.slice(end, end + 4)));
}

function isPersonal(number: string): boolean {
  const [, plain, dotted = ""] = personal.exec(number) ?? [];
  const [first, middle, last] = (plain ?? dotted).match(/\d\d/g) ?? [];
  // Czech women add 50 to the month.
  const month = String(Number(middle) % 50).padStart(2, "0");
  return isDate(`${first}${month}${last}`) || isDate(`${last}${month}${first}`);
}

/** Takes whole groups while they fit; a number that goes on after `-`, `.` or `/` is something else. */
function endOfNational(text: string, start: number, firstEnd: number): number | undefined {
  let digits = digitsOf(text.slice(start, firstEnd)).length;
  const isLoneZero = digits === 1;
  let groups = 0;
  let end = firstEnd;
  for (;;) {
    nextGroup.lastIndex = end;
    const group = nextGroup.exec(text);
    if (group === null || digits + (group[1]?.length ?? 0) > maxNational) break;
    if (isLoneZero && groups === 0 && text[end] === ".") return undefined;
    digits += group[1]?.length ?? 0;
    groups += 1;
    end = nextGroup.lastIndex;
  }
  const isEnough = digits >= minNational && groups >= (isLoneZero ? 3 : 1);
  const goesOn = /^[./-]\d/.test(text.slice(end, end + 2));
  return isEnough && !goesOn ? end : undefined;
}
