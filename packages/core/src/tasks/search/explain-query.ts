import { shorten } from "../shorten.js";
import { filterNames } from "./filters/query-draft.js";
import type { ReadQuery } from "./filters/read-filters.js";
import type { FilterName, QueryPart } from "./intelligent-search-schema.js";
import { structureQuery } from "./structure-query.js";

/** What became of a query. */
export interface QueryOutcome {
  /** As it was searched. */
  readonly read: ReadQuery;
  readonly isEmpty: boolean;
  /** The caller as an owner. */
  readonly self: string | undefined;
  /** What was not used, because it left nothing; with the query as it was before. */
  readonly leftOut?: { readonly name: QueryPart; readonly from: ReadQuery } | undefined;
  /** Filters that no document fits, each by itself. */
  readonly hopeless?: readonly FilterName[] | undefined;
}

const mostTextCharacters = 100;
const mostValueCharacters = 40;

/** Says to a user how a query was read, and what was left out. */
export function explainQuery({ read, isEmpty, self, leftOut, hopeless = [] }: QueryOutcome): string {
  const text = read.text === "" ? "" : quoted(read.text, mostTextCharacters);
  const filters = describeAll(read, self);
  if (isEmpty) {
    const subject = [text === "" ? "" : ` for ${text}`, filters === "" ? "" : ` with ${filters}`].join("");
    const reason = hopeless.map((name) => `No document has ${describe(read, name, self)}. `).join("");
    return `Nothing was found${subject}. ${reason}Try other words${filters === "" ? "" : " or fewer filters"}.`;
  }
  const dropped = leftOut === undefined ? "" : ` ${tellLeftOut(leftOut, self)}`;
  if (text === "") return `Listed what has ${filters}, newest first.${dropped}`;
  if (filters === "")
    return `Searched for ${text}${dropped === "" ? "; no filter was read in the query" : ""}.${dropped}`;
  return `Searched for ${text} with ${filters}.${dropped}`;
}

function tellLeftOut({ name, from }: NonNullable<QueryOutcome["leftOut"]>, self: string | undefined): string {
  return name === "text"
    ? `None of them says ${quoted(from.text, mostTextCharacters)}.`
    : `With ${describe(from, name, self)} nothing was left, so that filter was not used.`;
}

function describeAll(read: ReadQuery, self: string | undefined): string {
  const parts = filterNames.flatMap((name) => describe(read, name, self) ?? []);
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

function describe(read: ReadQuery, name: FilterName, self: string | undefined): string | undefined {
  const query = structureQuery(read);
  if (name === "date") return describeDate(query.from, query.to);
  const value = query[name];
  if (value === undefined) return undefined;
  if (name === "owner" && value === self) return "you as the owner";
  return `${name} ${quoted(value, mostValueCharacters)}`;
}

function describeDate(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined) return to === undefined ? undefined : `a date until ${to}`;
  if (to === undefined) return `a date since ${from}`;
  return from === to ? `the date ${from}` : `a date from ${from} to ${to}`;
}

const quoted = (text: string, most: number) => `“${shorten(text, most)}”`;
