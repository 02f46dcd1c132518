import { type CallerView, countVisible } from "./caller-view.js";
import { readUnknown, type StandIn } from "./read-unknown.js";
import { stem } from "./stem.js";
import { stopWords } from "./stop-words.js";
import type { SynonymTable } from "./synonyms.js";
import { type Token, tokenize } from "./tokenize.js";
import type { WordIndex } from "./word-index.js";

/** A word of a query, as the documents of one caller have it. */
export interface QueryTerm {
  /** As the query has it, lower case. */
  readonly word: string;
  /** Best first; none when nothing in the documents comes near. */
  readonly standIns: readonly StandIn[];
  /** What finding it says: little for a word that is everywhere. */
  readonly rarity: number;
  /** The known word (or two) that it was read as. */
  readonly readAs: string | undefined;
}

/** What a query is read against. */
export interface Reading {
  readonly index: WordIndex;
  readonly view: CallerView;
  readonly synonyms: SynonymTable;
}

/** Further characters of a query are not read. */
export const longestQuery = 4000;
const mostTerms = 64;
/** Repairing takes longest; a query with more unknown words is no query in these documents' language. */
const mostRepaired = 16;
const synonymWeight = 0.35;

/** The words of a text that carry meaning, as stems, as often as they occur. */
export const stemsOf = (text: string): string[] =>
  contentOf(tokenize(text))
    .filter(({ isCompound }) => !isCompound)
    .map(({ word }) => stem(word));

/** The words of a query with what stands for each: its own stem, synonyms, or what a typo was meant to be. */
export function queryTermsOf(query: string, reading: Reading): QueryTerm[] {
  const tokens = contentOf(tokenize(query.slice(0, longestQuery)));
  const counts = new Map<string, number>();
  const countOf = (stem: string) => {
    const known = counts.get(stem) ?? countVisible(reading.index.find(stem)?.slots ?? [], reading.view);
    counts.set(stem, known);
    return known;
  };
  const compounds = tokens.filter(({ word, isCompound }) => isCompound && countOf(stem(word)) > 0);
  const seen = new Set<string>();
  const terms: QueryTerm[] = [];
  let repaired = 0;
  for (const token of tokens) {
    const own = stem(token.word);
    if (seen.has(own) || terms.length === mostTerms) continue;
    seen.add(own);
    const isKnown = countOf(own) > 0;
    // The parts of a known identifier ("git", "hub") are no typos, and an unknown one is read by its parts.
    const isPart = compounds.some(({ start, end }) => start <= token.start && token.end <= end);
    if (!isKnown && (token.isCompound || isPart)) continue;
    // A stop word is spelt right, also where no document has it.
    const mayRepair = !isKnown && !stopWords.has(token.word) && repaired++ < mostRepaired;
    terms.push(toTerm({ word: token.word, own, countOf, reading, mayRepair }));
  }
  return terms;
}

function contentOf(tokens: readonly Token[]): readonly Token[] {
  const content = tokens.filter(({ word }) => !stopWords.has(word));
  return content.length > 0 ? content : tokens;
}

interface TermParts {
  readonly word: string;
  readonly own: string;
  readonly countOf: (stem: string) => number;
  readonly reading: Reading;
  readonly mayRepair: boolean;
}

/** A known word is itself and its synonyms; else the synonyms stand in, else what the word may be a typo of. */
function toTerm({ word, own, countOf, reading, mayRepair }: TermParts): QueryTerm {
  const itself = countOf(own) > 0 ? [{ stem: own, weight: 1 }] : [];
  const alike = (reading.synonyms.get(own) ?? []).filter((other) => countOf(other) > 0);
  const known = [...itself, ...alike.map((stem) => ({ stem, weight: synonymWeight }))];
  const unread = { readAs: undefined, standIns: [] };
  const read = known.length === 0 && mayRepair ? readUnknown(word, { ...reading, countOf }) : undefined;
  const { standIns, readAs } = known.length > 0 ? { standIns: known, readAs: undefined } : (read ?? unread);
  // What a word says is what its first stand-in says: a rare synonym makes it no rarer.
  const [first] = standIns;
  const count = Math.max(1, first === undefined ? 0 : countOf(first.stem));
  return { word, standIns, readAs, rarity: rarityOf(count, reading.view.count) };
}

/** The inverse document frequency of BM25; never negative. */
const rarityOf = (count: number, total: number): number =>
  Math.log(1 + Math.max(0, total - count + 0.5) / (count + 0.5));
