import { GatewayError } from "../../../errors/gateway-error.js";
import { type CalendarDay, dayOf, isoTimeMs } from "../calendar-day.js";
import type { QueryReading } from "../intelligent-search-schema.js";
import type { KnownValues } from "./known-values.js";
import type { FilterReading } from "./query-draft.js";
import { plainText } from "./query-word.js";
import type { ReadQuery } from "./read-filters.js";
import type { ValueLookup } from "./value-lookup.js";

/**
 * Holds a model's reading of a query against what the documents of the caller have.
 *
 * @throws `invalid_output` for a value that none of them has, and for a date that is none.
 */
export function checkReading(reading: QueryReading, known: KnownValues): ReadQuery {
  const type = valueIn(known.types, reading.type, 0.7);
  const status = valueIn(known.statuses, reading.status, 0.6);
  const owner = ownerIn(known, reading.owner);
  const from = dayIn(reading.from);
  const to = dayIn(reading.to);
  if (from !== undefined && to !== undefined && from > to) throw misread("dates");
  const hasDate = from !== undefined || to !== undefined;
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const read = {
    text: reading.text.trim().replace(/\s+/gu, " "),
    filters: {
      ...(type === undefined ? {} : { type }),
      ...(status === undefined ? {} : { status }),
      ...(owner === undefined ? {} : { owner }),
      ...(hasDate ? { date: { value: range, certainty: 0.8 } } : {}),
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
  if (isAbsent(written) || plainText(written) !== "me") return valueIn(known.owners, written, 0.85);
  if (known.self === undefined) throw misread("owner");
  return { value: known.self, certainty: 0.85 };
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
