import { GatewayError } from "../../../errors/gateway-error.js";
import { type CalendarDay, dayOf, isoTimeMs } from "../calendar-day.js";
import type { QueryReading } from "../intelligent-search-schema.js";
import { dayRange } from "./day-range.js";
import type { KnownValues } from "./known-values.js";
import type { FilterReading } from "./query-draft.js";
import { plainText } from "./query-word.js";
import type { ReadQuery } from "./read-filters.js";
import type { ValueLookup } from "./value-lookup.js";

/** How sure a model's reading is, on the scale of `filterCertainty`: a wrong state is its likeliest mistake. */
const modelCertainty = { type: 0.7, status: 0.6, owner: 0.85, date: 0.8 } as const;

/**
 * Holds a model's reading of a query against what the documents of the caller have.
 *
 * @throws `invalid_output` for a value that none of them has, and for a date that is none.
 */
export function checkReading(reading: QueryReading, known: KnownValues): ReadQuery {
  const type = valueIn(known.types, reading.type, modelCertainty.type);
  const status = valueIn(known.statuses, reading.status, modelCertainty.status);
  const owner = ownerIn(known, reading.owner);
  const from = dayIn(reading.from);
  const to = dayIn(reading.to);
  if (from !== undefined && to !== undefined && from > to) throw misread("dates");
  const hasDate = from !== undefined || to !== undefined;
  const read = {
    text: reading.text.trim().replace(/\s+/gu, " "),
    filters: {
      ...(type === undefined ? {} : { type }),
      ...(status === undefined ? {} : { status }),
      ...(owner === undefined ? {} : { owner }),
      ...(hasDate ? { date: { value: dayRange(from, to), certainty: modelCertainty.date } } : {}),
    },
  };
  if (read.text === "" && Object.keys(read.filters).length === 0) throw misread("text");
  return read;
}

const isAbsent = (value: string | null | undefined): value is null | undefined | "" =>
  value === null || value === undefined || value.trim() === "";

function valueIn(
  lookup: ValueLookup,
  written: string | null | undefined,
  certainty: number,
): FilterReading<string> | undefined {
  if (isAbsent(written)) return undefined;
  const found = lookup.find(written);
  if (found === undefined) throw misread("value");
  return { value: found.value, certainty };
}

function ownerIn(known: KnownValues, written: string | null | undefined): FilterReading<string> | undefined {
  const certainty = modelCertainty.owner;
  if (isAbsent(written) || plainText(written) !== "me") return valueIn(known.owners, written, certainty);
  if (known.self === undefined) throw misread("owner");
  return { value: known.self, certainty };
}

function dayIn(written: string | null | undefined): CalendarDay | undefined {
  if (isAbsent(written)) return undefined;
  const timeMs = isoTimeMs(written);
  if (timeMs === undefined) throw misread("date");
  return dayOf(timeMs);
}

// What was misread may be what a user wrote, and messages are logged: only the place is named.
const misread = (place: string) =>
  new GatewayError("invalid_output", `The reading of the query does not fit the documents: ${place}.`);
