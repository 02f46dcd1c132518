import type { KnowledgeDocument } from "./knowledge-document.js";
import { allStemsOf, stemsOf } from "./query-words.js";
import { answersKind, type QuestionKind, questionKindOf } from "./question-kind.js";
import { splitSentences } from "./split-sentences.js";
import { createStandIns, type StandIn } from "./stand-ins.js";

/** A document that fits a question. */
export interface Match {
  readonly document: KnowledgeDocument;
  readonly score: number;
  /** Which part of the question it speaks of, 0 to 1. */
  readonly coverage: number;
  /** Whether it says the only word of the question, two of them together, or one that matters in its title. */
  readonly isSolid: boolean;
  /** Whether a word of the question stands in its title. */
  readonly isTitled: boolean;
  /** Whether a word of the question stands in its title and in no other. */
  readonly isNamed: boolean;
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
/** For a document with a figure of the kind that is asked for. */
const figureBoost = 1.5;
const earlierWeight = 0.4;
/** A title that holds one word of the question stands for the rest of it only from here on. */
const leastTitleCoverage = 0.45;
const mostTerms = 48;
const mostMatches = 8;

interface Entry {
  readonly document: KnowledgeDocument;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
  readonly title: ReadonlySet<string>;
  readonly sentences: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
}

/** A word of the question. Rarity is what finding it says: little for a word that is everywhere. */
interface Term {
  readonly standIns: readonly StandIn[];
  /** Of the question itself, not of what was said before. */
  readonly isOwn: boolean;
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
  const titled = groupBy(entries, ({ title }) => title);
  const standInsFor = createStandIns(new Set(holders.keys()));

  const toTerm = (stem: string, weight: number): Term => {
    const standIns = standInsFor(stem);
    const most = (index: ReadonlyMap<string, readonly unknown[]>) =>
      Math.max(0, ...standIns.map((standIn) => index.get(standIn.stem)?.length ?? 0));
    return {
      standIns,
      isOwn: weight === 1,
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
      const kind = questionKindOf(text);
      return weigh({ terms, page, kind, holders, averageLength }).map(([entry, { score, covered }]) => ({
        document: entry.document,
        score,
        coverage: covered / possible,
        isSolid: isSolid(entry, terms, covered / possible),
        isTitled: heldBy(entry.title, terms).length > 0,
        isNamed: terms.some(
          ({ isOwn, standIns: [first] }) =>
            isOwn &&
            first !== undefined &&
            entry.title.has(first.stem) &&
            titled.get(first.stem)?.length === 1,
        ),
        sentences: entry.sentences.map((sentence) => ({
          text: sentence.text,
          score: sentenceScore(sentence, terms, kind),
        })),
      }));
    },
  };
}

// One word in passing ("keeps a token, never your password") is no answer to a question of several.
function isSolid(entry: Entry, terms: readonly Term[], coverage: number): boolean {
  const found = heldBy(entry.counts, terms);
  const own = terms.filter(({ isOwn }) => isOwn);
  if (own.length > 0 && !found.some(({ isOwn }) => isOwn)) return false;
  if (own.length < 2) return true;
  const titled = heldBy(entry.title, found);
  if (titled.length > 0 && coverage >= leastTitleCoverage) return true;
  // Two words belong together when one sentence says both, or one sentence and the title.
  return entry.sentences.some(({ stems }) => new Set([...titled, ...heldBy(stems, found)]).size > 1);
}

const heldBy = (stems: { has(stem: string): boolean }, terms: readonly Term[]): Term[] =>
  terms.filter(({ standIns }) => standIns.some(({ stem }) => stems.has(stem)));

/** The entries that hold a word of the question, best first. */
function weigh(search: {
  readonly terms: readonly Term[];
  readonly page: string | undefined;
  readonly kind: QuestionKind | undefined;
  readonly holders: ReadonlyMap<string, readonly Entry[]>;
  readonly averageLength: number;
}): [Entry, { readonly score: number; readonly covered: number }][] {
  const { terms, page, kind, holders, averageLength } = search;
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
      const isHere = page !== undefined && entry.document.pages?.includes(page);
      const boost = (isHere ? pageBoost : 1) * (answersKind(entry.document.text, kind) ? figureBoost : 1);
      found.set(entry, {
        score: before.score + gain * boost,
        covered: before.covered + documentRarity * weight,
      });
    }
  }
  return [...found].sort(([, left], [, right]) => right.score - left.score).slice(0, mostMatches);
}

function sentenceScore(
  { text, stems }: Entry["sentences"][number],
  terms: readonly Term[],
  kind: QuestionKind | undefined,
): number {
  const figure = answersKind(text, kind) ? Math.max(0, ...terms.map((term) => term.sentenceRarity)) / 2 : 0;
  return terms.reduce((sum, { standIns, sentenceRarity }) => {
    const said = standIns.find(({ stem }) => stems.has(stem));
    return sum + sentenceRarity * (said?.weight ?? 0);
  }, figure);
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
  return { document, counts, length, title: new Set(stemsOf(document.title)), sentences };
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
