import type { TaskContext } from "../../define-task.js";
import type { Caller } from "../../pipeline/task-call.js";
import { isoTimeMs } from "./calendar-day.js";
import { compareValues } from "./compare-values.js";
import { explainQuery } from "./explain-query.js";
import { matchesFilters } from "./filters/matches-filters.js";
import { filterNames, type QueryFilters } from "./filters/query-draft.js";
import type { ReadQuery } from "./filters/read-filters.js";
import type { FilterName, IntelligentSearchOutput, QueryPart } from "./intelligent-search-schema.js";
import type { ItemIndex } from "./item-index.js";
import type { SearchItem } from "./search-item.js";
import type { SearchResult } from "./search-result.js";
import { structureQuery } from "./structure-query.js";
import { toSearchResult } from "./to-search-result.js";

/** Where a query is run, and for whom. */
export interface QueryRun {
  readonly index: ItemIndex;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Values of the call that only the process may see. */
  readonly hidden: TaskContext["known"];
  /** Most results. */
  readonly limit: number;
  /** The caller as an owner. */
  readonly self: string | undefined;
}

/**
 * Runs a query. When its filters leave nothing, the least certain one that helps is left out, else the text; and the
 * explanation says so. A filter that was written as `key:value` is kept.
 */
export async function intelligentSearchAnswer(
  run: QueryRun,
  read: ReadQuery,
): Promise<IntelligentSearchOutput> {
  const results = await runQuery(run, read);
  if (results.length > 0 || Object.keys(read.filters).length === 0) return toOutput(run, { read, results });
  for (const name of uncertainFirst(read.filters)) {
    const less = { text: read.text, filters: without(read.filters, name) };
    if (less.text === "" && Object.keys(less.filters).length === 0) continue;
    const others = await runQuery(run, less);
    if (others.length > 0)
      return toOutput(run, { read: less, results: others, leftOut: { name, from: read } });
  }
  const listed = await runQuery(run, { ...read, text: "" });
  if (listed.length > 0) {
    const less = { ...read, text: "" };
    return toOutput(run, { read: less, results: listed, leftOut: { name: "text", from: read } });
  }
  return toOutput(run, { read, results, hopeless: hopelessFilters(run, read.filters) });
}

function toOutput(
  { self }: QueryRun,
  outcome: {
    readonly read: ReadQuery;
    readonly results: readonly SearchResult[];
    readonly leftOut?: { readonly name: QueryPart; readonly from: ReadQuery };
    readonly hopeless?: readonly FilterName[];
  },
): IntelligentSearchOutput {
  const { read, results, leftOut, hopeless } = outcome;
  return {
    structured_query: structureQuery(read),
    results,
    explanation: explainQuery({ read, self, leftOut, hopeless, isEmpty: results.length === 0 }),
    ...(leftOut === undefined ? {} : { left_out: [leftOut.name] }),
  };
}

async function runQuery(run: QueryRun, { text, filters }: ReadQuery): Promise<SearchResult[]> {
  const { index, caller, signal, limit, hidden: known } = run;
  const where = matchesFilters(filters);
  if (text === "") return Object.keys(filters).length === 0 ? [] : listNewest(run, where);
  const hits = await index.search(text, { limit, caller, signal, known, where });
  return hits.map(toSearchResult);
}

function listNewest(
  { index, caller, limit }: QueryRun,
  where: (item: SearchItem) => boolean,
): SearchResult[] {
  const timeOf = ({ date }: SearchItem) =>
    (date === undefined ? undefined : isoTimeMs(date)) ?? Number.NEGATIVE_INFINITY;
  return [...index.documents({ caller })]
    .filter(where)
    .map((document) => ({ document, timeMs: timeOf(document) }))
    .sort(
      (left, right) =>
        compareValues(right.timeMs, left.timeMs) || compareValues(left.document.id, right.document.id),
    )
    .slice(0, limit)
    .map(({ document }) => toSearchResult({ document, score: 1 }));
}

function uncertainFirst(filters: QueryFilters): FilterName[] {
  const certaintyOf = (name: FilterName) => filters[name]?.certainty ?? 1;
  return filterNames
    .filter((name) => certaintyOf(name) < 1)
    .sort((left, right) => certaintyOf(left) - certaintyOf(right));
}

function without(filters: QueryFilters, name: FilterName): QueryFilters {
  const { [name]: _, ...rest } = filters;
  return rest;
}

/** The filters that exclude everything even by themselves. */
function hopelessFilters({ index, caller }: QueryRun, filters: QueryFilters): FilterName[] {
  const items = [...index.documents({ caller })];
  return filterNames.filter((name) => {
    const rest = filterNames.filter((other) => other !== name);
    const alone = rest.reduce<QueryFilters>(without, filters);
    return Object.keys(alone).length > 0 && !items.some(matchesFilters(alone));
  });
}
