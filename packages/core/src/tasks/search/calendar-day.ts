/** A day of the calendar, counted from 1970-01-01; UTC, so it does not depend on where the process runs. */
export type CalendarDay = number;

/** Length of a day, milliseconds. */
export const dayMs = 86_400_000;

/** The day a moment lies on; milliseconds since the epoch. */
export const dayOf = (timeMs: number): CalendarDay => Math.floor(timeMs / dayMs);

/** A day by its parts, months from 1; nothing when there is no such day or its year has not four digits. */
export function dayAt(year: number, month: number, date: number): CalendarDay | undefined {
  if (!(year >= 1000 && year <= 9999)) return undefined;
  const made = new Date(Date.UTC(year, month - 1, date));
  const isReal = made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return isReal ? dayOf(made.getTime()) : undefined;
}

/** Year, month from 1, and day of the month. */
export function partsOf(day: CalendarDay): {
  readonly year: number;
  readonly month: number;
  readonly date: number;
} {
  const made = new Date(day * dayMs);
  return { year: made.getUTCFullYear(), month: made.getUTCMonth() + 1, date: made.getUTCDate() };
}

/** `2026-03-05`; nothing when the year has not four digits. */
export function isoDay(day: CalendarDay): string | undefined {
  const { year, month, date } = partsOf(day);
  if (!(year >= 1000 && year <= 9999)) return undefined;
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The same day of another month; the last one when that month is shorter. */
export function addMonths(day: CalendarDay, months: number): CalendarDay {
  const { year, month, date } = partsOf(day);
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, length)));
}

/** The first day of the month that lies so many months from this day's own. */
export function monthStart(day: CalendarDay, months = 0): CalendarDay {
  const { year, month } = partsOf(day);
  return dayOf(Date.UTC(year, month - 1 + months, 1));
}

/** 0 is Monday. */
export const weekdayOf = (day: CalendarDay): number => (((day + 3) % 7) + 7) % 7;

const dateForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/iu;

/** An ISO 8601 date or date-time in milliseconds since the epoch; without an offset it is UTC. Nothing for other text. */
export function isoTimeMs(text: string): number | undefined {
  const match = dateForm.exec(text);
  if (match === null) return undefined;
  const number = (at: number) => Number(match[at] ?? 0);
  const day = dayAt(number(1), number(2), number(3));
  if (day === undefined || number(4) > 24 || number(5) > 59 || number(6) > 60) return undefined;
  const offset = (number(8) * 60 + number(9)) * (match[7] === "-" ? -1 : 1);
  return day * dayMs + ((number(4) * 60 + number(5) - offset) * 60 + number(6)) * 1000;
}
