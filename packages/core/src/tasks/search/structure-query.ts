import { isoDay } from "./calendar-day.js";
import type { ReadQuery } from "./filters/read-filters.js";
import type { StructuredQuery } from "./intelligent-search-schema.js";

/** A query as it goes over the wire. */
export function structureQuery({ text, filters }: ReadQuery): StructuredQuery {
  const { type, owner, status, date } = filters;
  const { from, to } = date?.value ?? {};
  return {
    text,
    ...optional("type", type?.value),
    ...optional("owner", owner?.value),
    ...optional("status", status?.value),
    ...optional("from", from === undefined ? undefined : isoDay(from)),
    ...optional("to", to === undefined ? undefined : isoDay(to)),
  };
}

const optional = <Key extends string>(key: Key, value: string | undefined): { [Name in Key]?: string } =>
  // as: a computed key is widened to any string
  (value === undefined ? {} : { [key]: value }) as { [Name in Key]?: string };
