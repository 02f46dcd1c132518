import { stem } from "./stem.js";
import { stopWords } from "./stop-words.js";
import { synonymsOf } from "./synonyms.js";
import { type Token, tokenize } from "./tokenize.js";
import { countVisible, type View, type WordIndex } from "./word-index.js";

/** A stem of the index that stands for a word of the query. */
export interface StandIn {
  readonly stem: string;
  /** 1 for the word itself; less for a synonym or a repair. */
  readonly weight: number;
}

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
  readonly view: View;
}

/** Further characters of a query are not read. */
export const longestQuery = 4000;
const mostTerms = 64;
/** Repairing takes longest; a query with more unknown words is no query in these documents' language. */
const mostRepaired = 16;
const synonymWeight = 0.35;
const repairWeights = [0.95, 0.5, 0.35];
/** A second repair stands in only when it is nearly as likely as the first. */
const rivalMargin = 0.6;
const shortestHalf = 3;

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
    const standIns = isKnown ? knownStandIns(own, countOf) : [];
    const mayRepair = standIns.length === 0 && repaired++ < mostRepaired;
    terms.push(toTerm({ word: token.word, standIns, countOf, reading, mayRepair }));
  }
  return terms;
}

function contentOf(tokens: readonly Token[]): readonly Token[] {
  const content = tokens.filter(({ word }) => !stopWords.has(word));
  return content.length > 0 ? content : tokens;
}

function knownStandIns(own: string, countOf: (stem: string) => number): StandIn[] {
  const alike = synonymsOf(own).filter((other) => countOf(other) > 0);
  return [{ stem: own, weight: 1 }, ...alike.map((stem) => ({ stem, weight: synonymWeight }))];
}

interface TermParts {
  readonly word: string;
  readonly standIns: readonly StandIn[];
  readonly countOf: (stem: string) => number;
  readonly reading: Reading;
  readonly mayRepair: boolean;
}

function toTerm({ word, standIns, countOf, reading, mayRepair }: TermParts): QueryTerm {
  const rarity = (stems: readonly StandIn[]) =>
    rarityOf(Math.max(1, ...stems.map(({ stem }) => countOf(stem))), reading.view.count);
  if (standIns.length > 0) return { word, standIns, rarity: rarity(standIns.slice(0, 1)), readAs: undefined };
  const repairs = mayRepair
    ? reading.index.vocabulary.repairsOf(word, ({ slots }) => countVisible(slots, reading.view))
    : [];
  const [best] = repairs;
  if (best === undefined) {
    const halves = mayRepair ? splitWord(word, countOf) : undefined;
    const synonyms = synonymsOf(stem(word)).filter((other) => countOf(other) > 0);
    const stems = halves?.map(stem) ?? synonyms;
    const found = stems.map((stem) => ({ stem, weight: synonymWeight }));
    return { word, standIns: found, rarity: rarity(found), readAs: halves?.join(" ") };
  }
  const rivals = repairs.filter(({ cost }) => cost <= best.cost + rivalMargin);
  const distinct = rivals.filter(({ stem }, at) => rivals.findIndex((other) => other.stem === stem) === at);
  const found = distinct
    .slice(0, repairWeights.length)
    .map(({ stem }, at) => ({ stem, weight: repairWeights[at] ?? 0 }));
  return { word, standIns: found, rarity: rarity(found.slice(0, 1)), readAs: best.word };
}

/** Two known words that were written as one; of several, the pair whose rarer word is most frequent. */
function splitWord(word: string, countOf: (stem: string) => number): [string, string] | undefined {
  let best: [string, string] | undefined;
  let most = 0;
  for (let at = shortestHalf; at <= word.length - shortestHalf; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    const count = Math.min(countOf(stem(left)), countOf(stem(right)));
    if (count > most) [best, most] = [[left, right], count];
  }
  return best;
}

/** The inverse document frequency of BM25; never negative. */
export const rarityOf = (count: number, total: number): number =>
  Math.log(1 + Math.max(0, total - count + 0.5) / (count + 0.5));
