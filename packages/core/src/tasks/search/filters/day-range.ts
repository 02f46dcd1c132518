import type { CalendarDay } from "../calendar-day.js";

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

/** What all ranges have in common; nothing when they exclude each other or say the same side twice. */
export function commonRange(ranges: readonly DayRange[]): DayRange | undefined {
  const starts = ranges.flatMap(({ from }) => from ?? []);
  const ends = ranges.flatMap(({ to }) => to ?? []);
  if (starts.length > 1 || ends.length > 1) return ranges.length === 1 ? ranges[0] : undefined;
  const [from] = starts;
  const [to] = ends;
  return from !== undefined && to !== undefined && from > to ? undefined : dayRange(from, to);
}
