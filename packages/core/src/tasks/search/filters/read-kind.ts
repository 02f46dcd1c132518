import { filterCertainty } from "./filter-certainty.js";
import {
  anyNouns,
  fillerWords,
  fixedPhrases,
  negations,
  predicates,
  topicWords,
  verbLikeStatuses,
} from "./filter-words.js";
import type { KnownValues } from "./known-values.js";
import type { FilterReading, QueryDraft } from "./query-draft.js";
import { singular, type ValueLookup } from "./value-lookup.js";

/** What kind of document is meant, and in which state. */
export interface KindReading {
  readonly type?: FilterReading<string>;
  readonly status?: FilterReading<string>;
}

/** Words of the query, by their places; `end` exclusive. */
interface WordSpan {
  readonly start: number;
  readonly end: number;
}

/** A value that words name, before it is clear whether it is meant. */
interface Candidate extends WordSpan {
  readonly value: string;
  /** Whether the words are the value itself, not another word for it. */
  readonly isExact: boolean;
}

const mostPhraseWords = 3;

/** Reads type and status words where they tell documents apart; elsewhere ("how an invoice is paid") they stay text. */
export function readKind(draft: QueryDraft, known: KnownValues): KindReading {
  const limit = topicStart(draft);
  const types = candidatesFor(draft, known.types, limit);
  const statuses = candidatesFor(draft, known.statuses, limit);
  const heads = types.filter((type) => isHead(draft, type, { types, statuses }));
  const type = onlyValue(heads);
  const meant = statuses.filter((status) => isState(draft, status, { type: type && heads[0], statuses }));
  const states = statuses.filter(
    (status) => meant.includes(status) || meant.some((other) => areJoined(draft, status, other)),
  );
  const status = onlyValue(states);
  // "Draft contracts": as a kind and a state the same words are read once, as the kind.
  const overlaps = heads.some((head) =>
    states.some((state) => head.start < state.end && state.start < head.end),
  );
  for (const { start, end } of type === undefined ? [] : heads) draft.take(start, end);
  if (type !== undefined && overlaps) return { type };
  for (const { start, end } of status === undefined ? [] : states) draft.take(start, end);
  return { ...(type === undefined ? {} : { type }), ...(status === undefined ? {} : { status }) };
}

/** The one value that all of them have; two values exclude each other, so neither is meant for sure. */
function onlyValue(found: readonly Candidate[]): FilterReading<string> | undefined {
  const [first, ...more] = found;
  if (first === undefined || more.some(({ value }) => value !== first.value)) return undefined;
  return {
    value: first.value,
    certainty: first.isExact ? filterCertainty.exactWord : filterCertainty.synonym,
  };
}

const plainAt = (draft: QueryDraft, place: number) =>
  draft.isFree(place) ? (draft.words[place]?.plain ?? "") : "";

function topicStart(draft: QueryDraft): number {
  const place = draft.words.findIndex(({ plain }, at) => draft.isFree(at) && topicWords.has(plain) && at > 0);
  return place < 0 ? draft.words.length : place;
}

/** The longest phrases that name a value, from left to right. */
function candidatesFor(draft: QueryDraft, lookup: ValueLookup, limit: number): Candidate[] {
  const found: Candidate[] = [];
  let start = 0;
  while (start < limit) {
    const candidate = longestAt(draft, lookup, { start, end: limit });
    if (candidate !== undefined && !negations.has(plainAt(draft, start - 1))) found.push(candidate);
    start = candidate?.end ?? start + 1;
  }
  return found;
}

function longestAt(draft: QueryDraft, lookup: ValueLookup, within: WordSpan): Candidate | undefined {
  const { start } = within;
  for (let end = Math.min(within.end, start + mostPhraseWords); end > start; end--) {
    const words = draft.words.slice(start, end);
    const isWhole = words.every(({ isPossessive }, at) => draft.isFree(start + at) && !isPossessive);
    const found = isWhole ? lookup.find(words.map(({ plain }) => plain).join(" ")) : undefined;
    if (found !== undefined) return { ...found, start, end };
  }
  return undefined;
}

interface Around {
  readonly types: readonly Candidate[];
  readonly statuses: readonly Candidate[];
}

function isHead(draft: QueryDraft, type: Candidate, { types, statuses }: Around): boolean {
  // "Invoice templates": the first noun only says which templates.
  if (types.some(({ start }) => start === type.end)) return false;
  const covers = (place: number) => statuses.some(({ start, end }) => start <= place && place < end);
  const isOpening = places(0, type.start).every((place) => isEmpty(draft, place) || covers(place));
  const last = plainAt(draft, type.end - 1);
  const isPlural = singular(last) !== last;
  const next = plainAt(draft, type.end);
  const endsThere = next === "" || fillerWords.has(next) || topicWords.has(next) || covers(type.end);
  if (isOpening) return isPlural || endsThere || /^\W*\d/u.test(next) || isQuoted(draft, type.end);
  const isLastWord = type.end === draft.words.length;
  const isBeforeFilter = type.end < draft.words.length && !draft.isFree(type.end);
  const isBeforeTopic = topicWords.has(next) || ["that", "which", "who"].includes(next);
  const isAfterStatus = covers(type.start - 1);
  return (
    (isPlural && (isLastWord || isAfterStatus || covers(type.end))) ||
    ((isBeforeFilter || isBeforeTopic) && (isPlural || isAfterStatus || !isEmpty(draft, type.start - 1)))
  );
}

function isState(
  draft: QueryDraft,
  status: Candidate,
  { type, statuses }: { readonly type: Candidate | undefined; readonly statuses: readonly Candidate[] },
): boolean {
  const touchesType = type !== undefined && (type.start === status.end || type.end === status.start);
  const next = plainAt(draft, status.end);
  if (fixedPhrases.has(`${plainAt(draft, status.start)} ${next}`)) return false;
  const isVerb = verbLikeStatuses.has(plainAt(draft, status.start)) && fillerWords.has(next);
  if (isVerb && type !== undefined && type.start > status.end) return false;
  if (touchesType) return true;
  const nextTouches = statuses.some(
    (other) => other.start === status.end && other.end === type?.start && other.value === status.value,
  );
  const isOpening = places(0, status.start).every((place) => isEmpty(draft, place));
  const before = plainAt(draft, status.start - 1);
  if (predicates.has(before)) return type !== undefined || isOpening;
  if (nextTouches || (type !== undefined && isBetween(draft, type, status))) return true;
  if (!isOpening) return false;
  if (anyNouns.has(next)) return true;
  const isAlone = places(status.end, draft.words.length).every((place) => isEmpty(draft, place));
  if (isAlone) return true;
  return type !== undefined && type.start > status.end;
}

/** "Open or closed": what holds for the one holds for the other. */
function areJoined(draft: QueryDraft, one: Candidate, other: Candidate): boolean {
  const [left, right] = one.start < other.start ? [one, other] : [other, one];
  return right.start === left.end + 1 && ["and", "or"].includes(plainAt(draft, left.end));
}

/** Only filters and fillers stand between: "invoices from Anna still open". */
function isBetween(draft: QueryDraft, type: Candidate, status: Candidate): boolean {
  const [from, to] = type.end <= status.start ? [type.end, status.start] : [status.end, type.start];
  return places(from, to).every((place) => isEmpty(draft, place));
}

const isEmpty = (draft: QueryDraft, place: number) =>
  !draft.isFree(place) || fillerWords.has(plainAt(draft, place)) || plainAt(draft, place) === "";

const isQuoted = (draft: QueryDraft, place: number) =>
  draft.isFree(place) && /^["'“„#]/u.test(draft.words[place]?.text ?? "");

const places = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);
