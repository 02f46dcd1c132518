import { type CalendarDay, dayAt } from "../calendar-day.js";

/** Days, inclusive; open at the side that is absent. */
export interface DayRange {
  readonly from?: CalendarDay;
  readonly to?: CalendarDay;
}

/** A range of these two sides and nothing else. */
export const dayRange = (from: CalendarDay | undefined, to: CalendarDay | undefined): DayRange => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const firstDay = dayAt(1000, 1, 1) ?? 0;
const lastDay = dayAt(9999, 12, 31) ?? 0;

/**
 * A range that can be told in years of four digits: a side beyond them is open. Nothing when both are, or when the range
 * lies beyond them.
 */
export function writableRange({ from = firstDay - 1, to = lastDay + 1 }: DayRange): DayRange | undefined {
  if (to < firstDay || from > lastDay) return undefined;
  const range = dayRange(from < firstDay ? undefined : from, to > lastDay ? undefined : to);
  return Object.keys(range).length === 0 ? undefined : range;
}

/** What all ranges have in common; nothing when they exclude each other or say the same side twice. */
export function commonRange(ranges: readonly DayRange[]): DayRange | undefined {
  const starts = ranges.flatMap(({ from }) => from ?? []);
  const ends = ranges.flatMap(({ to }) => to ?? []);
  if (starts.length > 1 || ends.length > 1) return ranges.length === 1 ? ranges[0] : undefined;
  const [from] = starts;
  const [to] = ends;
  return from !== undefined && to !== undefined && from > to ? undefined : dayRange(from, to);
}
