import { addMonths, type CalendarDay, dayAt, partsOf } from "../calendar-day.js";
import { monthNumbers } from "./date-words.js";
import { type DayRange, writableRange } from "./day-range.js";
import { filterCertainty } from "./filter-certainty.js";
import { daysBack, type Period, readPeriod, readSpan } from "./read-period.js";

/** A range that some words name. */
export interface DateReading extends DayRange {
  /** First word. */
  readonly start: number;
  /** After the last word. */
  readonly end: number;
  /** How sure it is that a date is meant, 0 to 1. */
  readonly certainty: number;
  /** The words that name the day or period, without "from" and the like. */
  readonly named: string;
}

type Found = DayRange & { readonly length: number; readonly named?: readonly string[] };
type Reader = (words: readonly string[], today: CalendarDay) => Found | undefined;

const mostWords = 12;

/** Reads the dates in the words of a query. A word that is "" is no word: nothing is read across it. */
export function readDateRanges(words: readonly string[], today: CalendarDay): DateReading[] {
  const readings: DateReading[] = [];
  for (let start = 0; start < words.length; start++) {
    const rest = words.slice(start, start + mostWords);
    const found = isBrokenDate(words, start) ? undefined : firstOf(rest, today);
    const range = found && writableRange(found);
    if (found === undefined || range === undefined) continue;
    const { length, named } = found;
    const isRecent = /^recent/u.test(words[start] ?? "");
    readings.push({
      ...range,
      start,
      end: start + length,
      certainty: isRecent ? filterCertainty.recent : filterCertainty.date,
      named: (named ?? words.slice(start, start + length)).join(" "),
    });
    start += length - 1;
  }
  return readings;
}

/** "31 February 2026": without its impossible day it would name the whole month. */
const isBrokenDate = (words: readonly string[], start: number) =>
  /^\d{1,2}(?:st|nd|rd|th)?$/u.test(words[start - 1] ?? "") && monthNumbers.has(words[start] ?? "");

function firstOf(words: readonly string[], today: CalendarDay): Found | undefined {
  for (const read of readers) {
    const found = read(words, today);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The words after one of these phrases, with the number of words the phrase has. */
function after(words: readonly string[], phrases: readonly (readonly string[])[]) {
  const phrase = phrases.find((each) => each.every((word, at) => words[at] === word));
  return phrase && { rest: words.slice(phrase.length), length: phrase.length };
}

const phrases = (...texts: readonly string[]) => texts.map((text) => text.split(" "));

const enders = ["to", "until", "till", "through", "thru", "and", "-", "–"];
const openings = phrases("between", "from", "since");

const fromTo: Reader = (words, today) => {
  const opened = after(words, openings);
  const first = readPeriod(opened?.rest ?? words, today) ?? readBareDay(opened?.rest ?? words, today);
  if (first === undefined) return undefined;
  const at = (opened?.length ?? 0) + first.length;
  const ender = words[at] ?? "";
  if (!enders.includes(ender) || (ender === "and" && words[0] !== "between")) return undefined;
  const second = readPeriod(words.slice(at + 1), today);
  if (second === undefined || (opened === undefined && first.isWeak === true && second.isWeak !== true))
    return undefined;
  const length = at + 1 + second.length;
  const from = alignYear(first, second);
  return from <= second.to ? { from, to: second.to, length } : undefined;
};

/** "1 to 5 March": the first day's month is said with the second one. */
function readBareDay(words: readonly string[], today: CalendarDay): Period | undefined {
  const [date = "", ender = "", ...rest] = words;
  const number = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(date)?.[1];
  const last = number !== undefined && enders.includes(ender) ? readPeriod(rest, today) : undefined;
  if (last === undefined || last.from !== last.to || number === undefined) return undefined;
  const { year, month } = partsOf(last.to);
  const day = dayAt(year, month, Number(number));
  return day === undefined ? undefined : { from: day, to: day, length: 1 };
}

// "Between March and May", asked in April: May was last year's, so March was too.
function alignYear(first: Period, second: Period): CalendarDay {
  if (first.isYearless !== true) return first.from;
  if (first.from > second.to) return addMonths(first.from, -12);
  const isOtherYear = second.isYearless !== true && second.from - first.from > 366;
  return isOtherYear ? addMonths(first.from, 12) : first.from;
}

const olderPhrases = phrases("older than", "more than", "over", "at least");
const newerPhrases = phrases("newer than", "younger than", "less than", "within", "since", "not older than");

const bySpan: Reader = (words, today) => {
  const older = after(words, olderPhrases);
  const newer = older === undefined ? after(words, newerPhrases) : undefined;
  const opened = older ?? newer;
  const span = opened && readSpan(opened.rest);
  if (opened === undefined || span === undefined) return undefined;
  const next = opened.rest[span.length] ?? "";
  const hasMark = next === "ago" || next === "old";
  const needsMark = words[0] === "over" || words[0] === "more" || words[0] === "less" || words[0] === "at";
  if (needsMark && !hasMark) return undefined;
  const length = opened.length + span.length + (hasMark ? 1 : 0);
  const day = daysBack(today, span.count, span.unit);
  return older === undefined ? { from: day, length } : { to: day - 1, length };
};

/** What each little word before a date makes of it. */
const sides: readonly {
  readonly phrases: readonly (readonly string[])[];
  readonly range: (period: Period) => DayRange;
  readonly takesYear: boolean;
}[] = [
  { phrases: phrases("since", "newer than"), range: ({ from }) => ({ from }), takesYear: true },
  { phrases: phrases("after", "later than"), range: ({ to }) => ({ from: to + 1 }), takesYear: true },
  {
    phrases: phrases("before", "earlier than", "older than", "prior to"),
    range: ({ from }) => ({ to: from - 1 }),
    takesYear: true,
  },
  { phrases: phrases("until", "till", "up to", "by"), range: ({ to }) => ({ to }), takesYear: true },
  {
    phrases: phrases("in", "on", "during", "of", "from", "dated", "within", "throughout"),
    range: ({ from, to }) => ({ from, to }),
    takesYear: true,
  },
  // "Budget for 2025" is about that year, not of it.
  { phrases: phrases("for", "over"), range: ({ from, to }) => ({ from, to }), takesYear: false },
];

const bySide: Reader = (words, today) => {
  for (const { phrases: openers, range, takesYear } of sides) {
    const opened = after(words, openers);
    const period = opened && readPeriod(opened.rest, today);
    if (opened === undefined || period === undefined) continue;
    if (period.isWeak === true && !takesYear && /^\d/u.test(opened.rest[0] ?? "")) return undefined;
    const length = opened.length + period.length;
    const named = opened.rest.slice(0, period.length);
    // "From 3 May on"
    if (/^(?:onwards?|on)$/u.test(words[length] ?? "") && words[0] === "from")
      return { from: period.from, length: length + 1, named };
    return { ...range(period), length, named };
  }
  return undefined;
};

const alone: Reader = (words, today) => {
  const period = readPeriod(words, today);
  return period === undefined || period.isWeak === true
    ? undefined
    : { from: period.from, to: period.to, length: period.length };
};

const recent: Reader = ([word = ""], today) =>
  word === "recent" || word === "recently"
    ? { from: daysBack(today, 30, "day"), to: today, length: 1 }
    : undefined;

const readers: readonly Reader[] = [fromTo, bySpan, bySide, alone, recent];
