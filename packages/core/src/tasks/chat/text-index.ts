import { editDistance } from "../services/edit-distance.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import { allStemsOf, stemsOf } from "./query-words.js";
import { splitSentences } from "./split-sentences.js";
import { synonyms } from "./synonyms.js";

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
  /** The documents that fit, best first. */
  search(question: Question): Match[];
}

// BM25's usual constants.
const saturation = 1.2;
const lengthWeight = 0.75;
const titleWeight = 3;
const pageBoost = 1.25;
const mostTerms = 48;

interface Entry {
  readonly document: KnowledgeDocument;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
  readonly sentences: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
}

/** A stem of the question, with the stems of the index that stand for it. */
interface Term {
  readonly weight: number;
  /** Among documents. */
  readonly rarity: number;
  readonly sentenceRarity: number;
  readonly stands: readonly { readonly stem: string; readonly weight: number }[];
}

/** Builds the index once; a search takes microseconds for a few hundred documents. */
export function createTextIndex(documents: readonly KnowledgeDocument[]): TextIndex {
  const entries = documents.map(readDocument);
  const averageLength = entries.reduce((sum, { length }) => sum + length, 0) / Math.max(1, entries.length);
  const frequency = new Map<string, number>();
  for (const { counts } of entries)
    for (const stem of counts.keys()) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  const vocabulary = byFirstLetter(frequency.keys());
  const sentences = entries.flatMap((entry) => entry.sentences);
  const sentenceFrequency = new Map<string, number>();
  for (const { stems } of sentences) {
    for (const stem of stems) sentenceFrequency.set(stem, (sentenceFrequency.get(stem) ?? 0) + 1);
  }

  const toTerm = (stem: string, weight: number): Term => {
    const stands = standsFor(stem, frequency, vocabulary);
    const count = Math.max(0, ...stands.map((stand) => frequency.get(stand.stem) ?? 0));
    const inSentences = Math.max(0, ...stands.map((stand) => sentenceFrequency.get(stand.stem) ?? 0));
    return {
      weight,
      rarity: rarity(count, entries.length),
      sentenceRarity: rarity(inSentences, sentences.length),
      stands,
    };
  };
  const match = (entry: Entry, terms: readonly Term[], page: string | undefined): Match => {
    const norm = saturation * (1 - lengthWeight + (lengthWeight * entry.length) / averageLength);
    const frequencyScore = (stem: string) => {
      const count = entry.counts.get(stem) ?? 0;
      return (count * (saturation + 1)) / (count + norm);
    };
    const worth = (term: Term, value: (stem: string) => number) =>
      term.weight *
      term.rarity *
      Math.max(0, ...term.stands.map((stand) => stand.weight * value(stand.stem)));
    const sum = (value: (stem: string) => number) =>
      terms.reduce((total, term) => total + worth(term, value), 0);
    const boost = page !== undefined && entry.document.pages?.includes(page) ? pageBoost : 1;
    const possible = terms.reduce((total, term) => total + term.weight * term.rarity, 0);
    return {
      document: entry.document,
      score: sum(frequencyScore) * boost,
      coverage: possible === 0 ? 0 : sum((stem) => (entry.counts.has(stem) ? 1 : 0)) / possible,
      sentences: entry.sentences.map(({ text, stems }) => ({
        text,
        score: sum((stem) => (stems.has(stem) ? 1 : 0)),
      })),
    };
  };

  return {
    search({ text, earlier = "", page }) {
      const own = stemsOf(text).slice(0, mostTerms);
      const before = own.length > 2 ? [] : stemsOf(earlier).filter((stem) => !own.includes(stem));
      const terms = [
        ...own.map((stem) => toTerm(stem, 1)),
        ...before.slice(0, mostTerms).map((stem) => toTerm(stem, 0.4)),
      ];
      return entries
        .map((entry) => match(entry, terms, page))
        .filter(({ score }) => score > 0)
        .sort((left, right) => right.score - left.score);
    },
  };
}

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

function byFirstLetter(stems: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const letters = new Map<string, string[]>();
  for (const stem of stems) {
    const same = letters.get(stem.charAt(0)) ?? [];
    same.push(stem);
    letters.set(stem.charAt(0), same);
  }
  return letters;
}

function standsFor(
  stem: string,
  known: ReadonlyMap<string, number>,
  vocabulary: ReadonlyMap<string, readonly string[]>,
): Term["stands"] {
  const exact = known.has(stem) ? [{ stem, weight: 1 }] : [];
  const alike = (synonyms.get(stem) ?? []).filter((other) => other !== stem && known.has(other));
  const stands = [...exact, ...alike.map((other) => ({ stem: other, weight: 0.6 }))];
  if (stands.length > 0 || stem.length < 4) return stands;
  const most = stem.length < 8 ? 1 : 2;
  const near = (vocabulary.get(stem.charAt(0)) ?? []).filter(
    (other) =>
      (other.length > 3 && editDistance(stem, other, most) <= most) ||
      (Math.min(stem.length, other.length) > 4 && (stem.startsWith(other) || other.startsWith(stem))),
  );
  return near.slice(0, 8).map((other) => ({ stem: other, weight: 0.8 }));
}
