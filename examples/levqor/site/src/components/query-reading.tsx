import type { BuiltInTasks } from "@levqor/core/client";
import { formatDay } from "../../../facts/format-facts.js";

type Reading = BuiltInTasks["intelligent_search"]["output"];
type StructuredQuery = Reading["structured_query"];

/** Shows how a query was read: its filters and words and, when they don't tell everything, a sentence. */
export function QueryReading({ reading }: { readonly reading: Reading }) {
  const filters = filtersOf(reading.structured_query);
  const isToldByFilters = filters.length > 0 && reading.results.length > 0 && reading.left_out === undefined;
  return (
    <div className="search-reading">
      {filters.length === 0 ? null : (
        <dl className="tags">
          {filters.map(({ name, value }) => (
            <div key={name} className="tag">
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {isToldByFilters ? null : (
        <p className="muted" dir="auto">
          {reading.explanation}
        </p>
      )}
    </div>
  );
}

function filtersOf({ text, type, owner, status, from, to }: StructuredQuery) {
  const filters = {
    Type: type,
    Owner: owner,
    Status: status,
    From: from && formatDay(from),
    Until: to && formatDay(to),
  };
  const read = Object.entries(filters).flatMap(([name, value]) => (value ? [{ name, value }] : []));
  return read.length === 0 || text === "" ? read : [{ name: "Words", value: text }, ...read];
}
