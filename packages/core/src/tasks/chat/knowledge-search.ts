import type { Caller } from "../../pipeline/task-call.js";
import { hashingEmbedder } from "../../search/hashing-embedder.js";
import { createLocalSearch, type LocalSearch } from "../../search/local-search.js";
import type { QueryTerm } from "../../search/query-terms.js";
import type { SearchDocument } from "../../search/search-document.js";
import { chatSynonyms } from "./chat-synonyms.js";
import { indexedText, topicOf } from "./chat-words.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import {
  type EvidenceTerm,
  type KnowledgeEntry,
  type Match,
  readEntry,
  weighEvidence,
} from "./weigh-evidence.js";

/** What is asked, and where. */
export interface Question {
  readonly text: string;
  /** Said before; counts less, and only when the question is short. */
  readonly earlier?: string | undefined;
  readonly page?: string | undefined;
  /** Decides which documents exist for this question. */
  readonly caller?: Caller | undefined;
}

/** Finds the documents of a product that a question is about. */
export interface KnowledgeSearch {
  /** The documents that fit, best first; at most eight. */
  search(question: Question): Match[];
}

const earlierWeight = 0.4;
/** A question of so many topic words needs nothing of what was said before. */
const longQuestion = 3;
const mostCandidates = 24;
const mostMatches = 8;
/** Documents without a word of the question are no evidence for an answer. */
const leastLikeness = 1;

/** Reads the documents once; a question then takes the local search's best and weighs what they say. */
export function createKnowledgeSearch(documents: readonly KnowledgeDocument[]): KnowledgeSearch {
  const search = createLocalSearch<SearchDocument>({
    embedder: hashingEmbedder(),
    leastLikeness,
    synonyms: chatSynonyms,
  });
  const entries = new Map<string, KnowledgeEntry>();
  for (const [place, document] of documents.entries()) entries.set(String(place), readEntry(document));
  search.add(documents.map((document, place) => searchedDocument(document, String(place))));
  return {
    search(question) {
      const { terms, text } = readQuestion(question, search);
      if (terms.length === 0) return [];
      const hits = search.find({
        terms: terms.map(({ term }) => term),
        likeness: search.likenessTo(text),
        options: { limit: mostCandidates, caller: question.caller },
      });
      const candidates = hits.flatMap(({ id }) => entries.get(id) ?? []);
      return weighEvidence(candidates, { terms, text: question.text, page: question.page }).slice(
        0,
        mostMatches,
      );
    },
  };
}

const searchedDocument = (
  { title, text, tenantId, access }: KnowledgeDocument,
  id: string,
): SearchDocument => ({ id, title: indexedText(title), text: indexedText(text), tenantId, access });

function readQuestion(
  { text, earlier = "", caller }: Question,
  search: LocalSearch<SearchDocument>,
): { readonly terms: readonly EvidenceTerm[]; readonly text: string } {
  const read = (words: string): readonly QueryTerm[] => (words === "" ? [] : search.readQuery(words, caller));
  const topic = topicOf(text);
  const own = read(topic);
  if (own.length >= longQuestion) return { terms: own.map((term) => ({ term, isOwn: true })), text: topic };
  const known = new Set(own.map(({ word }) => word));
  const before = read(topicOf(earlier)).filter(({ word }) => !known.has(word));
  return {
    terms: [
      ...own.map((term) => ({ term, isOwn: true })),
      ...before.map((term) => ({ term: { ...term, rarity: term.rarity * earlierWeight }, isOwn: false })),
    ],
    text: topic === "" ? topicOf(earlier) : topic,
  };
}
