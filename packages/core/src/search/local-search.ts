import type { Caller } from "../pipeline/task-call.js";
import type { AccessRuleOfDocument } from "./document-access.js";
import { createDocumentStore, type DocumentStore } from "./document-store.js";
import { embedChecked } from "./embed-checked.js";
import type { LocalEmbedder } from "./embedder.js";
import { fuseRanks } from "./fuse-ranks.js";
import { gradeHits } from "./grade-hits.js";
import { highlight } from "./highlight.js";
import { type QueryTerm, queryTermsOf } from "./query-terms.js";
import { type Ranked, rankByWords } from "./rank-by-words.js";
import type { SearchDocument } from "./search-document.js";
import type { Highlight, SearchHit, SearchOptions } from "./search-index.js";
import { createSynonyms } from "./synonyms.js";
import { createVectorIndex, type VectorIndex } from "./vector-index.js";
import { createWordIndex, type WordIndex } from "./word-index.js";

/** How alike the documents are to what is looked for, −1 to 1, by number. */
export type Likeness = Float32Array;

/** Finds by words and by the likeness that it is given, or by that of a local embedder. */
export interface LocalSearch<Document extends SearchDocument> {
  readonly store: DocumentStore<Document>;
  add(documents: readonly Document[]): void;
  remove(ids: readonly string[]): void;
  readQuery(query: string, caller: Caller | undefined): readonly QueryTerm[];
  likenessTo(text: string): Likeness;
  find(wanted: Wanted<Document>): SearchHit<Document>[];
}

/** What to find. */
export interface Wanted<Document extends SearchDocument> {
  readonly terms: readonly QueryTerm[];
  readonly likeness: Likeness;
  readonly options: SearchOptions<Document>;
  /** Documents to leave out, by number. */
  readonly except?: ReadonlySet<number> | undefined;
}

/** Parts that are made anew when most of them is about removed documents. */
interface Parts<Document extends SearchDocument> {
  readonly store: DocumentStore<Document>;
  readonly words: WordIndex;
  readonly vectors: VectorIndex;
}

const defaultLimit = 10;
const mostHits = 1000;
/** What a rank by likeness counts beside the same rank by words. */
const likenessWeight = 0.35;
/** Each list is read at least so far down before they are joined. */
const listLength = 200;
/** Fewer removed documents are not worth making the parts anew. */
const fewestRemoved = 1000;
/** Further text of a document is found by its words but does not shape its vector. */
export const longestEmbedded = 8000;

/** An empty search. */
export function createLocalSearch<Document extends SearchDocument>(options: {
  readonly embedder: LocalEmbedder;
  readonly leastLikeness: number;
  /** @default [] */
  readonly synonyms?: readonly (readonly string[])[] | undefined;
}): LocalSearch<Document> {
  const { embedder, leastLikeness } = options;
  const synonyms = createSynonyms(options.synonyms);
  let parts = createParts<Document>(embedder);
  const read = (
    documents: readonly Document[],
    rules: readonly (AccessRuleOfDocument | undefined)[] = [],
  ): void => {
    const vectors = embedChecked(embedder, documents.map(embeddedText));
    for (const [at, document] of documents.entries()) {
      const slot = parts.store.add(document, rules[at]);
      parts.words.add(slot, document);
      parts.store.setLength(slot, parts.words.lengthOf(slot));
      parts.vectors.add(slot, vectors[at] ?? new Float32Array(embedder.dimensions));
    }
  };
  const compact = (): void => {
    const { store } = parts;
    if (store.slotCount - store.size < fewestRemoved + store.size) return;
    parts = createParts<Document>(embedder);
    // The rules that were copied: a document's lists may have been changed since it was added, which must not open it.
    read(store.documents(), store.slots().map(store.ruleAt));
  };
  return {
    get store() {
      return parts.store;
    },
    add(documents) {
      read(documents);
      compact();
    },
    remove(ids) {
      for (const id of ids) parts.store.remove(id);
      compact();
    },
    readQuery: (query, caller) =>
      queryTermsOf(query, { index: parts.words, view: parts.store.viewFor(caller), synonyms }),
    likenessTo(text) {
      const [vector] = embedChecked(embedder, [text]);
      return vector === undefined ? new Float32Array() : parts.vectors.likenessTo(vector);
    },
    find: (wanted) => findIn(parts, wanted, leastLikeness),
  };
}

/** What of a document is embedded. */
export const embeddedText = (document: SearchDocument): string =>
  titleAndText(document).slice(0, longestEmbedded);

/** All that a document says. */
export const titleAndText = ({ title = "", text }: SearchDocument): string => `${title}\n${text}`;

const createParts = <Document extends SearchDocument>(embedder: LocalEmbedder): Parts<Document> => ({
  store: createDocumentStore<Document>(),
  words: createWordIndex(),
  vectors: createVectorIndex(embedder.dimensions),
});

function findIn<Document extends SearchDocument>(
  { store, words }: Parts<Document>,
  { terms, likeness, options, except }: Wanted<Document>,
  leastLikeness: number,
): SearchHit<Document>[] {
  const limit = limitOf(options.limit);
  const view = store.viewFor(options.caller);
  const keeps = keeperOf(store, options, except);
  const byWords = rankByWords(terms, { index: words, view, keeps });
  const withWord = new Set(byWords.map(({ slot }) => slot));
  const mayBeFound = (slot: number) => withWord.has(slot) || (view.isVisible(slot) && keeps(slot));
  const byLikeness = rankByLikeness(likeness, { withWord, leastLikeness, mayBeFound });
  const depth = Math.max(listLength, limit * 2);
  const stems = new Set(terms.flatMap(({ standIns }) => standIns.map(({ stem }) => stem)));
  const fused = fuseRanks([
    { ranked: byWords.slice(0, depth), weight: 1 },
    { ranked: byLikeness.slice(0, depth), weight: likenessWeight },
  ]);
  return gradeHits(fused.slice(0, limit), { byWords, likeness }).flatMap(({ slot, score }) => {
    const document = store.documentAt(slot);
    return document === undefined ? [] : [toHit(document, score, stems)];
  });
}

/** Highlights take longest and are not always looked at. */
function toHit<Document extends SearchDocument>(
  document: Document,
  score: number,
  stems: ReadonlySet<string>,
): SearchHit<Document> {
  let highlights: readonly Highlight[] | undefined;
  return {
    id: document.id,
    score,
    document,
    get highlights() {
      highlights ??= highlight(document, stems);
      return highlights;
    },
  };
}

/** Whole, from 0 to the most; what is no number is the default. */
const limitOf = (limit: number = defaultLimit) =>
  Number.isNaN(limit) ? defaultLimit : Math.min(mostHits, Math.max(0, Math.floor(limit)));

function keeperOf<Document extends SearchDocument>(
  store: DocumentStore<Document>,
  { where }: SearchOptions<Document>,
  except: ReadonlySet<number> | undefined,
): (slot: number) => boolean {
  if (where === undefined && except === undefined) return () => true;
  const verdicts = new Map<number, boolean>();
  return (slot) => {
    const known = verdicts.get(slot);
    if (known !== undefined) return known;
    const document = store.documentAt(slot);
    const verdict = document !== undefined && except?.has(slot) !== true && where?.(document) !== false;
    verdicts.set(slot, verdict);
    return verdict;
  };
}

function rankByLikeness(
  likeness: Likeness,
  search: {
    /** Documents that have a word of the query; they need no least likeness. */
    readonly withWord: ReadonlySet<number>;
    readonly leastLikeness: number;
    readonly mayBeFound: (slot: number) => boolean;
  },
): Ranked[] {
  const ranked: Ranked[] = [];
  for (let slot = 0; slot < likeness.length; slot++) {
    const score = likeness[slot] ?? 0;
    if (score <= 0 || (score < search.leastLikeness && !search.withWord.has(slot))) continue;
    if (search.mayBeFound(slot)) ranked.push({ slot, score });
  }
  return ranked.sort((left, right) => right.score - left.score || left.slot - right.slot);
}
