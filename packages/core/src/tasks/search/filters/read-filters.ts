import { type CalendarDay, dayOf } from "../calendar-day.js";
import { commonRange, type DayRange, dayRange } from "./day-range.js";
import { filterCertainty } from "./filter-certainty.js";
import { anyNouns, fillerWords, linkVerbs, ownerIntroductions, questionStarts } from "./filter-words.js";
import type { KnownValues } from "./known-values.js";
import { draftQuery, type FilterReading, type QueryDraft, type QueryFilters } from "./query-draft.js";
import { plainText, queryWords } from "./query-word.js";
import { type DateReading, readDateRanges } from "./read-date-range.js";
import { readKind } from "./read-kind.js";
import { readOwner } from "./read-owner.js";
import { readPairs } from "./read-pairs.js";

/** A query taken apart. */
export interface ReadQuery {
  /** The words that are no filters; the whole query when it has none. */
  readonly text: string;
  readonly filters: QueryFilters;
}

/**
 * Reads type, owner, status and date in the words of a query. Words that could be something else as well stay in the
 * text: what is not filtered is still found, what is filtered wrongly is lost.
 */
export function readFilters(query: string, known: KnownValues, nowMs: number): ReadQuery {
  const draft = draftQuery(queryWords(query));
  const today = dayOf(nowMs);
  const pairs = readPairs(draft, known, today);
  const filters = isQuestion(query) ? pairs : { ...readWords(draft, known, today), ...pairs };
  const hasFilters = Object.keys(filters).length > 0;
  return { text: hasFilters ? freeText(draft) : query.trim().replace(/\s+/gu, " "), filters };
}

const isQuestion = (query: string) => {
  const start = plainText(query.slice(0, 60));
  return questionStarts.some((pattern) => pattern.test(start));
};

function readWords(draft: QueryDraft, known: KnownValues, today: CalendarDay): QueryFilters {
  const date = readDate(draft, known, today);
  const owner = readOwner(draft, known);
  const kind = readKind(draft, known);
  const mine = owner === undefined ? readMine(draft, known, kind.type !== undefined) : undefined;
  const found = owner ?? mine;
  return {
    ...kind,
    ...(found === undefined ? {} : { owner: found }),
    ...(date === undefined ? {} : { date }),
  };
}

function readDate(
  draft: QueryDraft,
  known: KnownValues,
  today: CalendarDay,
): FilterReading<DayRange> | undefined {
  const readings = readDateRanges(draft.plainWords(), today).filter(
    (reading) => !isNameToo(reading, draft, known),
  );
  const value =
    readings.length === 0 ? undefined : commonRange(readings.map(({ from, to }) => dayRange(from, to)));
  if (value === undefined) return undefined;
  for (const { start, end } of readings) draft.take(start, end);
  return { value, certainty: Math.min(...readings.map(({ certainty }) => certainty)) };
}

/** "From April" with a colleague of that name: it is not clear who or when is meant, so neither is read. */
function isNameToo({ named, start, end }: DateReading, draft: QueryDraft, known: KnownValues): boolean {
  const opening = draft.words[start]?.plain ?? "";
  const mayBeOwner = end - start === 1 || ownerIntroductions.some(([word]) => word === opening);
  return mayBeOwner && known.owners.find(named) !== undefined;
}

/** "My invoices", "my files", "my overdue ones"; in "my password" the word says nothing about documents. */
function readMine(
  draft: QueryDraft,
  { self }: KnownValues,
  hasType: boolean,
): FilterReading<string> | undefined {
  const place = draft.words.findIndex(({ plain }, at) => plain === "my" && draft.isFree(at));
  if (place < 0 || self === undefined) return undefined;
  const next = draft.words[place + 1]?.plain ?? "";
  const isMeant = hasType || !draft.isFree(place + 1) || anyNouns.has(next);
  if (!isMeant || place + 1 >= draft.words.length) return undefined;
  draft.take(place, place + 1);
  return { value: self, certainty: filterCertainty.caller };
}

/** What no filter has taken, without the words at its ends that only lead to a filter. */
function freeText(draft: QueryDraft): string {
  const parts: string[][] = [[]];
  for (const [place, { text }] of draft.words.entries()) {
    if (draft.isFree(place)) parts.at(-1)?.push(text);
    else parts.push([]);
  }
  return parts
    .filter((words, at) => !words.every(isLink) || (isEnd(at, parts) && !words.some(isAnyNoun)))
    .flatMap(trimFillers)
    .join(" ");
}

const isEnd = (at: number, parts: readonly unknown[]) => at === 0 || at === parts.length - 1;
const isAnyNoun = (word: string) => anyNouns.has(plainOf(word));
const plainOf = (word: string) => plainText(word.replace(/[^\p{L}\p{N}'’]/gu, ""));
const isLink = (word: string) => linkVerbs.has(plainOf(word)) || isFiller(word);
const isFiller = (word: string) => fillerWords.has(plainOf(word)) || !/[\p{L}\p{N}]/u.test(word);

function trimFillers(words: readonly string[]): readonly string[] {
  // "How many open tickets" asks for the tickets.
  const isCount = plainOf(words[0] ?? "") === "how" && plainOf(words[1] ?? "") === "many";
  let [start, end] = [isCount ? 2 : 0, words.length];
  while (start < end && isFiller(words[start] ?? "")) start++;
  while (end > start && isFiller(words[end - 1] ?? "")) end--;
  return words.slice(start, end);
}
