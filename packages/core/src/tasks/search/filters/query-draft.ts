import type { FilterName } from "../intelligent-search-schema.js";
import type { DayRange } from "./day-range.js";
import type { QueryWord } from "./query-word.js";

/** A filter as it was read. */
export interface FilterReading<Value> {
  readonly value: Value;
  /** How sure it is that a filter is meant: one of `filterCertainty`. */
  readonly certainty: number;
}

/** The filters of a query. */
export interface QueryFilters {
  readonly type?: FilterReading<string>;
  readonly owner?: FilterReading<string>;
  readonly status?: FilterReading<string>;
  readonly date?: FilterReading<DayRange>;
}

/** A query while it is read: its words, and which of them a filter has taken. */
export interface QueryDraft {
  readonly words: readonly QueryWord[];
  /** Whether the word at a place is still free; none outside of the query is. */
  isFree(place: number): boolean;
  take(start: number, end: number): void;
  /** The plain words, "" where one is taken. */
  plainWords(): readonly string[];
}

/** Begins to read a query. */
export function draftQuery(words: readonly QueryWord[]): QueryDraft {
  const taken = new Set<number>();
  const isFree = (place: number) => place >= 0 && place < words.length && !taken.has(place);
  return {
    words,
    isFree,
    take(start, end) {
      for (let place = start; place < end; place++) taken.add(place);
    },
    plainWords: () => words.map(({ plain }, place) => (taken.has(place) ? "" : plain)),
  };
}

/** Every filter, in the order they are told in. */
export const filterNames: readonly FilterName[] = ["type", "status", "owner", "date"];
