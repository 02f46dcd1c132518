import type { QueryTerm } from "../../search/query-terms.js";
import { topicStems } from "./chat-words.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import { answersKind, type QuestionKind, questionKindOf } from "./question-kind.js";
import { splitSentences } from "./split-sentences.js";

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

/** A document, read. */
export interface KnowledgeEntry {
  readonly document: KnowledgeDocument;
  readonly stems: ReadonlySet<string>;
  readonly title: ReadonlySet<string>;
  readonly sentences: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
}

/** A word of the question, or of what was said before it. */
export interface EvidenceTerm {
  readonly term: QueryTerm;
  readonly isOwn: boolean;
}

/** What the evidence is held against. */
export interface EvidenceQuestion {
  readonly terms: readonly EvidenceTerm[];
  readonly text: string;
  readonly page: string | undefined;
}

const saturation = 1.2;
const titleWeight = 3;
const pageBoost = 1.25;
/** For a document with a figure of the kind that is asked for. */
const figureBoost = 1.5;
/** A synonym ranks a document lower than the word itself, but it speaks of the same. */
const leastCovered = 0.6;
/** A title that holds one word of the question stands for the rest of it only from here on. */
const leastTitleCoverage = 0.45;

/** Reads a document for {@link weighEvidence}. */
export function readEntry(document: KnowledgeDocument): KnowledgeEntry {
  const { title, text } = document;
  return {
    document,
    stems: topicStems(`${title}\n${text}`),
    title: topicStems(title),
    sentences: splitSentences(text).map((sentence) => ({ text: sentence, stems: topicStems(sentence) })),
  };
}

/** The documents that hold a word of the question, with what each says about it, best first. */
export function weighEvidence(entries: readonly KnowledgeEntry[], question: EvidenceQuestion): Match[] {
  const kind = questionKindOf(question.text);
  const possible = question.terms.reduce((sum, { term }) => sum + term.rarity, 0);
  const namedBy = question.terms.filter(({ isOwn, term }) => isOwn && titlesWith(term, entries) === 1);
  return entries
    .map((entry) => weigh(entry, { ...question, kind, possible, namedBy }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
}

interface Weighing extends EvidenceQuestion {
  readonly kind: QuestionKind | undefined;
  /** What a document that holds every word would be worth. */
  readonly possible: number;
  /** Words that stand in the title of a single document. */
  readonly namedBy: readonly EvidenceTerm[];
}

function weigh(entry: KnowledgeEntry, { terms, page, kind, possible, namedBy }: Weighing): Match {
  const { document, title, sentences } = entry;
  const isHere = page !== undefined && document.pages?.includes(page);
  const boost = (isHere ? pageBoost : 1) * (answersKind(document.text, kind) ? figureBoost : 1);
  const coverage =
    terms.reduce((sum, { term }) => sum + term.rarity * coverageOf(term, entry.stems), 0) / possible;
  return {
    document,
    score: boost * terms.reduce((sum, { term }) => sum + termScore(term, entry), 0),
    coverage,
    isSolid: isSolid(entry, terms, coverage),
    isTitled: heldBy(title, terms).length > 0,
    isNamed: namedBy.some(({ term: { standIns } }) => title.has(standIns[0]?.stem ?? "")),
    sentences: sentences.map((sentence) => ({
      text: sentence.text,
      score: sentenceScore(sentence, terms, kind),
    })),
  };
}

const titlesWith = ({ standIns }: QueryTerm, entries: readonly KnowledgeEntry[]) =>
  entries.filter(({ title }) => title.has(standIns[0]?.stem ?? "")).length;

const standInIn = ({ standIns }: QueryTerm, stems: ReadonlySet<string>) =>
  standIns.find(({ stem }) => stems.has(stem));

/** How far the stems speak of a term, 0 to 1: by the word itself, or by what stands for it. */
function coverageOf(term: QueryTerm, stems: ReadonlySet<string>): number {
  const found = standInIn(term, stems);
  return found === undefined ? 0 : Math.max(leastCovered, found.weight);
}

function termScore(term: QueryTerm, { stems, title, sentences }: KnowledgeEntry): number {
  const found = standInIn(term, stems);
  if (found === undefined) return 0;
  const said = sentences.filter((sentence) => sentence.stems.has(found.stem)).length;
  const count = Math.max(1, said + (title.has(found.stem) ? titleWeight : 0));
  return (term.rarity * coverageOf(term, stems) * count * (saturation + 1)) / (count + saturation);
}

// One word in passing ("keeps a token, never your password") is no answer to a question of several.
function isSolid(entry: KnowledgeEntry, terms: readonly EvidenceTerm[], coverage: number): boolean {
  const found = heldBy(entry.stems, terms);
  const own = terms.filter(({ isOwn }) => isOwn);
  if (own.length > 0 && !found.some(({ isOwn }) => isOwn)) return false;
  if (own.length < 2) return true;
  const titled = heldBy(entry.title, found);
  if (titled.length > 0 && coverage >= leastTitleCoverage) return true;
  // Two words belong together when one sentence says both, or one sentence and the title.
  return entry.sentences.some(({ stems }) => new Set([...titled, ...heldBy(stems, found)]).size > 1);
}

const heldBy = (stems: ReadonlySet<string>, terms: readonly EvidenceTerm[]): EvidenceTerm[] =>
  terms.filter(({ term }) => standInIn(term, stems) !== undefined);

function sentenceScore(
  { text, stems }: KnowledgeEntry["sentences"][number],
  terms: readonly EvidenceTerm[],
  kind: QuestionKind | undefined,
): number {
  const figure = answersKind(text, kind) ? Math.max(0, ...terms.map(({ term }) => term.rarity)) : 0;
  return terms.reduce((sum, { term }) => sum + term.rarity * coverageOf(term, stems), figure);
}
