import type { Caller } from "../pipeline/task-call.js";
import { maySee } from "./document-access.js";
import { embeddedText, type Likeness, type LocalSearch } from "./local-search.js";
import { longestQuery, type QueryTerm } from "./query-terms.js";
import type { SearchDocument } from "./search-document.js";
import type { Correction, SearchHit, SearchOptions } from "./search-index.js";

/** How a request is made. */
export interface RequestParts<Document extends SearchDocument> {
  readonly options: SearchOptions<Document> | undefined;
  /** From elsewhere. @default the local embedder's */
  readonly likeness?: Likeness | undefined;
}

/** The documents that fit a query. */
export function findHits<Document extends SearchDocument>(
  search: LocalSearch<Document>,
  query: string,
  { options = {}, likeness }: RequestParts<Document>,
): SearchHit<Document>[] {
  const terms = search.readQuery(textOf(query), options.caller);
  if (terms.length === 0) return [];
  return search.find({ terms, likeness: likeness ?? search.likenessTo(readingOf(terms)), options });
}

/** Callers in plain JavaScript may pass anything; what is no text finds nothing. Longer text is cut. */
export const textOf = (query: unknown): string =>
  typeof query === "string" ? query.slice(0, longestQuery) : "";

/** The query as it was understood, without typos. */
const readingOf = (terms: readonly QueryTerm[]) => terms.map(({ word, readAs }) => readAs ?? word).join(" ");

/** Documents are compared by their rarest words; further ones say little. */
const mostComparedWords = 32;

/** Documents like the ones that are named. */
export function findSimilar<Document extends SearchDocument>(
  search: LocalSearch<Document>,
  ids: readonly string[],
  { options = {}, likeness }: RequestParts<Document>,
): SearchHit<Document>[] {
  const slots = visibleSlots(search, ids, options.caller);
  const text = slots.map((slot) => openingOf(search, slot, slots.length)).join("\n");
  if (text === "") return [];
  const terms = search
    .readQuery(text, options.caller)
    .toSorted((left, right) => right.rarity - left.rarity)
    .slice(0, mostComparedWords);
  return search.find({
    terms,
    likeness: likeness ?? search.likenessTo(text),
    options,
    except: new Set(slots),
  });
}

/** The numbers of the documents among these that the caller sees. */
export function visibleSlots<Document extends SearchDocument>(
  { store }: LocalSearch<Document>,
  ids: readonly string[],
  caller: Caller | undefined,
): number[] {
  const view = store.viewFor(caller);
  return [...new Set(ids)].flatMap((id) => {
    const slot = store.slotOf(id);
    return slot !== undefined && view.isVisible(slot) ? [slot] : [];
  });
}

/** Each of several documents gets an equal part of what is read. */
function openingOf<Document extends SearchDocument>(
  { store }: LocalSearch<Document>,
  slot: number,
  count: number,
): string {
  const document = store.documentAt(slot);
  return document === undefined ? "" : embeddedText(document).slice(0, Math.ceil(longestQuery / count));
}

/** What the unknown words of a query are read as. */
export const readCorrections = <Document extends SearchDocument>(
  search: LocalSearch<Document>,
  query: string,
  caller: Caller | undefined,
): Correction[] =>
  search
    .readQuery(textOf(query), caller)
    .flatMap(({ word, readAs }) => (readAs === undefined ? [] : [{ from: word, to: readAs }]));

/** A document, for a caller who may see it. */
export function readDocument<Document extends SearchDocument>(
  { store }: LocalSearch<Document>,
  id: string,
  caller: Caller | undefined,
): Document | undefined {
  const slot = store.slotOf(id);
  // Its own rule, not a view: recommendations ask for one document after the other.
  const rule = slot === undefined ? undefined : store.ruleAt(slot);
  return slot === undefined || rule === undefined || !maySee(rule, caller)
    ? undefined
    : store.documentAt(slot);
}

/** Every document that a caller may see. */
export const visibleDocuments = <Document extends SearchDocument>(
  { store }: LocalSearch<Document>,
  caller: Caller | undefined,
): Document[] => store.documents(store.viewFor(caller));
