import { addMonths, type CalendarDay, dayAt, monthStart, partsOf, weekdayOf } from "../calendar-day.js";
import {
  countWords,
  monthNumbers,
  namedDays,
  type PeriodUnit,
  periodOffsets,
  periodUnits,
  quarterWords,
  shortDateWords,
  weekdayNumbers,
} from "./date-words.js";

/** The days that some words name. */
export interface Period {
  /** First and last day. */
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  /** How many words name it. */
  readonly length: number;
  /** Means a date only after a word like "since": "may", "2025". */
  readonly isWeak?: boolean;
  /** The words say no year; it was taken to be the latest one that is not in the future. */
  readonly isYearless?: boolean;
}

type Reader = (words: readonly string[], today: CalendarDay) => Period | undefined;

/** Reads the longest name of a period that these words begin with: "last week", "march 2025", "2026-03-05". */
export function readPeriod(words: readonly string[], today: CalendarDay): Period | undefined {
  const skipped = words[0] === "the" ? 1 : 0;
  const rest = words.slice(skipped, skipped + 6);
  const best = readers
    .flatMap((read) => read(rest, today) ?? [])
    .reduce<Period | undefined>((one, other) => (one && one.length >= other.length ? one : other), undefined);
  return best && { ...best, length: best.length + skipped };
}

/** A count and a unit: "7 days", "a week"; how many words that takes. */
export function readSpan(
  words: readonly string[],
): { readonly count: number; readonly unit: PeriodUnit; readonly length: number } | undefined {
  const [first = "", second = ""] = words;
  const count = /^\d{1,4}$/u.test(first) ? Number(first) : countWords.get(first);
  const unit = periodUnits.get(second);
  return count === undefined || count === 0 || unit === undefined ? undefined : { count, unit, length: 2 };
}

/** The day that lies so much before today. */
export function daysBack(today: CalendarDay, count: number, unit: PeriodUnit): CalendarDay {
  switch (unit) {
    case "hour":
      return today - Math.ceil(count / 24);
    case "day":
      return today - count;
    case "week":
      return today - 7 * count;
    case "month":
      return addMonths(today, -count);
    case "quarter":
      return addMonths(today, -3 * count);
    case "year":
      return addMonths(today, -12 * count);
  }
}

const oneDay = (day: CalendarDay | undefined, length: number): Period | undefined =>
  day === undefined ? undefined : { from: day, to: day, length };

const writtenDate: Reader = ([word = ""]) => {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/u.exec(word);
  if (iso !== null) {
    const [year, month, date] = [Number(iso[1]), Number(iso[2]), iso[3]];
    const first = dayAt(year, month, Number(date ?? 1));
    if (first === undefined || date !== undefined) return oneDay(first, 1);
    return { from: first, to: monthStart(first, 1) - 1, length: 1 };
  }
  const [, first, mark, second, year] = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})$/u.exec(word) ?? [];
  const [left, right] = [Number(first), Number(second)];
  // With slashes the month stands first in some countries: only what can be read in one way is read.
  if (mark === "/" && left <= 12 && right <= 12 && left !== right) return undefined;
  return oneDay(
    mark === "/" && right > 12 ? dayAt(Number(year), left, right) : dayAt(Number(year), right, left),
    1,
  );
};

const namedDay: Reader = ([word = ""], today) => {
  const offset = namedDays.get(word);
  return offset === undefined ? undefined : oneDay(today + offset, 1);
};

const calendarPeriod: Reader = ([which = "", word = ""], today) => {
  const unit = periodUnits.get(word);
  if (which === "past" && unit !== undefined) return backFrom(today, { count: 1, unit, length: 2 });
  const offset = periodOffsets.get(which);
  if (offset === undefined) return undefined;
  if (word === "weekend") {
    const saturday = today - weekdayOf(today) + 5 + 7 * offset;
    return { from: saturday, to: saturday + 1, length: 2 };
  }
  if (unit === undefined || unit === "hour" || word !== unit) return undefined;
  return { ...periodAt(today, unit, offset), length: 2 };
};

function periodAt(today: CalendarDay, unit: Exclude<PeriodUnit, "hour">, offset: number) {
  if (unit === "day") return { from: today + offset, to: today + offset };
  if (unit === "week") {
    const monday = today - weekdayOf(today) + 7 * offset;
    return { from: monday, to: monday + 6 };
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  const { month } = partsOf(today);
  const from = monthStart(today, -((month - 1) % months) + months * offset);
  return { from, to: monthStart(from, months) - 1 };
}

const rollingPeriod: Reader = ([which = "", ...rest], today) => {
  const span = ["last", "past", "previous"].includes(which) ? readSpan(rest) : undefined;
  return span && backFrom(today, { ...span, length: 3 });
};

// "The last 7 days" end today: today is one of them.
function backFrom(today: CalendarDay, span: NonNullable<ReturnType<typeof readSpan>>): Period {
  const { count, unit, length } = span;
  const isCounted = unit === "day" || unit === "week";
  return { from: daysBack(today, count, unit) + (isCounted ? 1 : 0), to: today, length };
}

const ago: Reader = (words, today) => {
  const span = readSpan(words);
  return span && words[2] === "ago" ? oneDay(daysBack(today, span.count, span.unit), 3) : undefined;
};

const yearIn = (word = "") => (/^(?:19|20)\d{2}$/u.test(word) ? Number(word) : undefined);

const wholeYear: Reader = ([first, second]) => {
  const named = first === "year" ? yearIn(second) : undefined;
  const year = named ?? yearIn(first);
  const from = year === undefined ? undefined : dayAt(year, 1, 1);
  if (from === undefined) return undefined;
  const period = { from, to: monthStart(from, 12) - 1 };
  return named === undefined ? { ...period, length: 1, isWeak: true } : { ...period, length: 2 };
};

const quarter: Reader = (words, today) => {
  const [first = "", second = "", third] = words;
  const yearFirst = yearIn(first);
  const short = /^q([1-4])$/u.exec(yearFirst === undefined ? first : second)?.[1];
  if (short !== undefined) {
    const year = yearFirst ?? yearIn(second);
    return months(today, {
      month: Number(short) * 3 - 2,
      count: 3,
      year,
      length: year === undefined ? 1 : 2,
    });
  }
  const number = second === "quarter" ? quarterWords.get(first) : undefined;
  if (number === undefined) return undefined;
  const joint = third === "of" || third === "in" ? 1 : 0;
  const year = yearIn(words[2 + joint]);
  const length = year === undefined ? 2 : 3 + joint;
  return months(today, { month: number * 3 - 2, count: 3, year, length });
};

/** So many months from this one; of the latest such that has begun, when no year is said. */
function months(
  today: CalendarDay,
  asked: {
    readonly month: number;
    readonly count: number;
    readonly year: number | undefined;
    readonly length: number;
  },
): Period | undefined {
  const now = partsOf(today);
  const from = dayAt(asked.year ?? (asked.month > now.month ? now.year - 1 : now.year), asked.month, 1);
  if (from === undefined) return undefined;
  const to = monthStart(from, asked.count) - 1;
  return { from, to, length: asked.length, isYearless: asked.year === undefined };
}

const wholeMonth: Reader = (words, today) => {
  const offset = periodOffsets.get(words[0] ?? "");
  const skipped = offset === undefined ? 0 : 1;
  const month = monthNumbers.get(words[skipped] ?? "");
  if (month === undefined) return undefined;
  if (offset !== undefined) {
    const { year, month: current } = partsOf(today);
    // "Last May" in May is that of last year, "next May" that of next year.
    const isLastYear = offset < 0 && month >= current;
    const isNextYear = offset > 0 && month <= current;
    const years = isLastYear ? -1 : isNextYear ? 1 : 0;
    return months(today, { month, count: 1, year: year + years, length: 2 });
  }
  const joint = words[1] === "of" ? 1 : 0;
  const year = yearIn(words[1 + joint]);
  const found = months(today, { month, count: 1, year, length: year === undefined ? 1 : 2 + joint });
  return found && year === undefined ? { ...found, isWeak: shortDateWords.has(words[0] ?? "") } : found;
};

const dateNumber = (word = "") => {
  const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(word)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const dayOfMonth: Reader = (words, today) => {
  const dayFirst = dateNumber(words[0]);
  const joint = dayFirst !== undefined && words[1] === "of" ? 1 : 0;
  const month = monthNumbers.get(words[dayFirst === undefined ? 0 : 1 + joint] ?? "");
  const date = dayFirst ?? dateNumber(words[1]);
  if (month === undefined || date === undefined) return undefined;
  const year = yearIn(words[2 + joint]);
  if (year !== undefined) return oneDay(dayAt(year, month, date), 3 + joint);
  const { year: now } = partsOf(today);
  const days = [now, now - 1, now - 2, now - 3, now - 4].map((each) => dayAt(each, month, date));
  const found = oneDay(
    days.find((day) => day !== undefined && day <= today),
    2 + joint,
  );
  return found && { ...found, isYearless: true };
};

const weekday: Reader = ([first = "", second = ""], today) => {
  const offset = periodOffsets.get(first);
  const number = weekdayNumbers.get(offset === undefined ? first : second);
  if (number === undefined) return undefined;
  const monday = today - weekdayOf(today);
  if (offset !== undefined && offset >= 0) return oneDay(monday + 7 * offset + number, 2);
  const back = (weekdayOf(today) - number + 7) % 7;
  if (offset !== undefined) return oneDay(today - (back || 7), 2);
  const found = oneDay(today - back, 1);
  return found && { ...found, isWeak: shortDateWords.has(first) };
};

const readers: readonly Reader[] = [
  writtenDate,
  namedDay,
  rollingPeriod,
  calendarPeriod,
  ago,
  quarter,
  dayOfMonth,
  wholeMonth,
  weekday,
  wholeYear,
];
