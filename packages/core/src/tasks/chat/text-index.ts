import type { KnowledgeDocument } from "./knowledge-document.js";
import { allStemsOf, stemsOf } from "./query-words.js";
import { splitSentences } from "./split-sentences.js";
import { createStandIns, type StandIn } from "./stand-ins.js";

/** A document that fits a question. */
export interface Match {
  readonly document: KnowledgeDocument;
  readonly score: number;
  /** Which part of the question it speaks of, 0 to 1. */
  readonly coverage: number;
  /** Its sentences in order, with what each has to do with the question; 0 is nothing. */
  readonly sentences: readonly { readonly text: string; readonly score: number }[];
}

/** What is asked, and where. */
export interface Question {
  readonly text: string;
  /** Said before; counts less, and only when the question is short. */
  readonly earlier?: string | undefined;
  readonly page?: string | undefined;
}

/** Full-text search over a product's documents. */
export interface TextIndex {
  /** The documents that fit, best first; at most eight. */
  search(question: Question): Match[];
}

// BM25's usual constants.
const saturation = 1.2;
const lengthWeight = 0.75;
const titleWeight = 3;
const pageBoost = 1.25;
const earlierWeight = 0.4;
const mostTerms = 48;
const mostMatches = 8;

interface Entry {
  readonly document: KnowledgeDocument;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
  readonly sentences: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
}

/** A word of the question. Rarity is what finding it says: little for a word that is everywhere. */
interface Term {
  readonly standIns: readonly StandIn[];
  readonly documentRarity: number;
  readonly sentenceRarity: number;
}

/** Builds the index once; a search then looks only at the documents that share a word with the question. */
export function createTextIndex(documents: readonly KnowledgeDocument[]): TextIndex {
  const entries = documents.map(readDocument);
  const sentences = entries.flatMap((entry) => entry.sentences);
  const averageLength = entries.reduce((sum, { length }) => sum + length, 0) / Math.max(1, entries.length);
  const holders = groupBy(entries, ({ counts }) => counts.keys());
  const sayings = groupBy(sentences, ({ stems }) => stems);
  const standInsFor = createStandIns(new Set(holders.keys()));

  const toTerm = (stem: string, weight: number): Term => {
    const standIns = standInsFor(stem);
    const most = (index: ReadonlyMap<string, readonly unknown[]>) =>
      Math.max(0, ...standIns.map((standIn) => index.get(standIn.stem)?.length ?? 0));
    return {
      standIns,
      // A word that nobody uses says no more about the question than one that a single document has.
      documentRarity: weight * rarity(Math.max(1, most(holders)), entries.length),
      sentenceRarity: weight * rarity(most(sayings), sentences.length),
    };
  };
  return {
    search({ text, earlier = "", page }) {
      const own = stemsOf(text).slice(0, mostTerms);
      const before = own.length > 2 ? [] : stemsOf(earlier).filter((stem) => !own.includes(stem));
      const terms = [
        ...own.map((stem) => toTerm(stem, 1)),
        ...before.slice(0, mostTerms).map((stem) => toTerm(stem, earlierWeight)),
      ];
      const possible = terms.reduce((sum, { documentRarity }) => sum + documentRarity, 0);
      return weigh({ terms, page, holders, averageLength }).map(([entry, { score, covered }]) => ({
        document: entry.document,
        score,
        coverage: covered / possible,
        sentences: entry.sentences.map(({ text: said, stems }) => ({
          text: said,
          score: sentenceScore(stems, terms),
        })),
      }));
    },
  };
}

/** The entries that hold a word of the question, best first. */
function weigh(search: {
  readonly terms: readonly Term[];
  readonly page: string | undefined;
  readonly holders: ReadonlyMap<string, readonly Entry[]>;
  readonly averageLength: number;
}): [Entry, { readonly score: number; readonly covered: number }][] {
  const { terms, page, holders, averageLength } = search;
  const found = new Map<Entry, { score: number; covered: number }>();
  for (const { standIns, documentRarity } of terms) {
    const best = new Map<Entry, StandIn>();
    for (const standIn of standIns) {
      for (const entry of holders.get(standIn.stem) ?? []) if (!best.has(entry)) best.set(entry, standIn);
    }
    for (const [entry, { stem, weight }] of best) {
      const norm = saturation * (1 - lengthWeight + (lengthWeight * entry.length) / averageLength);
      const count = entry.counts.get(stem) ?? 0;
      const before = found.get(entry) ?? { score: 0, covered: 0 };
      const gain = (documentRarity * weight * count * (saturation + 1)) / (count + norm);
      const boost = page !== undefined && entry.document.pages?.includes(page) ? pageBoost : 1;
      found.set(entry, {
        score: before.score + gain * boost,
        covered: before.covered + documentRarity * weight,
      });
    }
  }
  return [...found].sort(([, left], [, right]) => right.score - left.score).slice(0, mostMatches);
}

const sentenceScore = (stems: ReadonlySet<string>, terms: readonly Term[]): number =>
  terms.reduce((sum, { standIns, sentenceRarity }) => {
    const said = standIns.find(({ stem }) => stems.has(stem));
    return sum + sentenceRarity * (said?.weight ?? 0);
  }, 0);

const rarity = (count: number, total: number) => Math.log(1 + (total - count + 0.5) / (count + 0.5));

function readDocument(document: KnowledgeDocument): Entry {
  const counts = new Map<string, number>();
  const count = (text: string, weight: number) => {
    const stems = allStemsOf(text);
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + weight);
    return stems.length;
  };
  const length = count(document.title, titleWeight) + count(document.text, 1);
  const sentences = splitSentences(document.text).map((text) => ({ text, stems: new Set(stemsOf(text)) }));
  return { document, counts, length, sentences };
}

function groupBy<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => Iterable<string>,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key) ?? [];
      group.push(item);
      groups.set(key, group);
    }
  }
  return groups;
}
