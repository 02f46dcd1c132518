import type { BuiltInTasks } from "@levqor/core/client";
import { formatDay } from "../../../facts/format-facts.js";

type Reading = BuiltInTasks["intelligent_search"]["output"];
type StructuredQuery = Reading["structured_query"];

/** Shows which filters were read out of a query. */
export function QueryReading({ reading }: { readonly reading: Reading }) {
  const filters = filtersOf(reading.structured_query);
  return (
    <div className="search-reading">
      {filters.length === 0 ? null : (
        <dl className="tags" aria-label="Filters">
          {filters.map(({ name, value }) => (
            <div key={name} className="tag">
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="muted" dir="auto">
        {reading.explanation}
      </p>
    </div>
  );
}

function filtersOf({ type, owner, status, from, to }: StructuredQuery) {
  const filters = {
    Type: type,
    Owner: owner,
    Status: status,
    From: from && formatDay(from),
    Until: to && formatDay(to),
  };
  return Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
