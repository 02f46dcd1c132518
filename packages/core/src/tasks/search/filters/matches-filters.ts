import { dayOf, isoTimeMs } from "../calendar-day.js";
import type { SearchItem } from "../search-item.js";
import type { DayRange } from "./day-range.js";
import type { QueryFilters } from "./query-draft.js";
import { valueKey } from "./value-lookup.js";

/** Makes the test whether an item passes every filter. An item without the field, or without a readable date, does not. */
export function matchesFilters(filters: QueryFilters): (item: SearchItem) => boolean {
  const { type, status, owner, date } = filters;
  const tests = [
    type && fits("type", type.value),
    status && fits("status", status.value),
    owner && fits("owner", owner.value),
    date && liesIn(date.value),
  ].filter((test) => test !== undefined);
  return (item) => tests.every((test) => test(item));
}

function fits(field: "type" | "status" | "owner", wanted: string): (item: SearchItem) => boolean {
  const key = valueKey(wanted);
  const verdicts = new Map<string, boolean>();
  return (item) => {
    const value = item[field];
    if (typeof value !== "string") return false;
    const known = verdicts.get(value);
    if (known !== undefined) return known;
    const verdict = valueKey(value) === key;
    verdicts.set(value, verdict);
    return verdict;
  };
}

function liesIn({ from, to }: DayRange): (item: SearchItem) => boolean {
  return ({ date }) => {
    const timeMs = date === undefined ? undefined : isoTimeMs(date);
    if (timeMs === undefined) return false;
    const day = dayOf(timeMs);
    return (from === undefined || day >= from) && (to === undefined || day <= to);
  };
}
