import type { FilterName } from "../intelligent-search-schema.js";
import type { QueryWord } from "./query-word.js";
import type { DayRange } from "./read-date-range.js";

/** A filter as it was read. */
export interface FilterReading<Value> {
  readonly value: Value;
  /** How sure it is that a filter is meant, 0 to 1. 1 is written as `key:value`. */
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

/** The words a filter was read from. */
export interface WordSpan {
  readonly start: number;
  readonly end: number;
}

/** What was found in a query, before it is clear whether it is meant. */
export interface Candidate extends WordSpan {
  readonly value: string;
  readonly isExact: boolean;
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
