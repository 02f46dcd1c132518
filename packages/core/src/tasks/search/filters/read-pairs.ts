import type { CalendarDay } from "../calendar-day.js";
import { commonRange, type DayRange, dayRange } from "./day-range.js";
import { filterCertainty } from "./filter-certainty.js";
import type { KnownValues } from "./known-values.js";
import type { FilterReading, QueryDraft, QueryFilters } from "./query-draft.js";
import { plainText } from "./query-word.js";
import { readDateRanges } from "./read-date-range.js";

type Field = "type" | "status" | "owner";

/** Keys of the other filters. */
const fieldKeys: ReadonlyMap<string, Field> = new Map([
  ["type", "type"],
  ["kind", "type"],
  ["status", "status"],
  ["state", "status"],
  ["is", "status"],
  ["owner", "owner"],
  ["by", "owner"],
  ["author", "owner"],
  ["from", "owner"],
]);
/** Keys of dates, each with the word that says the same in a sentence. */
const dateKeys: ReadonlyMap<string, string> = new Map([
  ["from", "since"],
  ["since", "since"],
  ["after", "after"],
  ["before", "before"],
  ["until", "until"],
  ["to", "until"],
  ["date", "in"],
  ["in", "in"],
  ["on", "on"],
]);
/** Keys that make a filter of any value; the others only of a value that is known. */
const strictKeys: ReadonlySet<string> = new Set(["type", "kind", "status", "state", "owner"]);

/** Reads what is written as `key:value`. A value no document has is a filter all the same: nothing fits it. */
export function readPairs(draft: QueryDraft, known: KnownValues, today: CalendarDay): QueryFilters {
  const found: { -readonly [Name in Field]?: FilterReading<string> } = {};
  const ranges: DayRange[] = [];
  for (const [place, { pair }] of draft.words.entries()) {
    if (pair === undefined || pair.value === "") continue;
    const range = rangeOf(pair, today);
    const field = fieldKeys.get(pair.key);
    const value = range === undefined && field !== undefined ? filterValue(pair, field, known) : undefined;
    if (range !== undefined) ranges.push(range);
    else if (field !== undefined && value !== undefined && found[field] === undefined)
      found[field] = { value, certainty: filterCertainty.pair };
    else continue;
    draft.take(place, place + 1);
  }
  const range = ranges.length === 0 ? undefined : commonRange(ranges);
  return {
    ...found,
    ...(range === undefined ? {} : { date: { value: range, certainty: filterCertainty.pair } }),
  };
}

type Pair = { readonly key: string; readonly value: string };

function rangeOf({ key, value }: Pair, today: CalendarDay): DayRange | undefined {
  const word = dateKeys.get(key);
  if (word === undefined) return undefined;
  const words = [word, ...plainText(value).split(" ")];
  const [range, ...more] = readDateRanges(words, today);
  if (range === undefined || more.length > 0 || range.start !== 0 || range.end !== words.length)
    return undefined;
  return dayRange(range.from, range.to);
}

function filterValue({ key, value }: Pair, field: Field, known: KnownValues): string | undefined {
  if (field === "owner" && plainText(value) === "me") return known.self;
  const lookup = { type: known.types, status: known.statuses, owner: known.owners }[field];
  return lookup.find(value)?.value ?? (strictKeys.has(key) ? value : undefined);
}
