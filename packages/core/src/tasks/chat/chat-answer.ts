import type { Caller } from "../../pipeline/task-call.js";
import { maySee } from "../../search/document-access.js";
import type { ChatKnowledge } from "./chat-knowledge.js";
import type { ChatInput, ChatOutput } from "./chat-schema.js";
import { topicStems } from "./chat-words.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import type { Question } from "./knowledge-search.js";
import { type SmallTalk, smallTalkOf } from "./small-talk.js";
import type { Match } from "./weigh-evidence.js";

/** Below this part of the question, a document is about something else. */
const leastCoverage = 0.35;
const mostSentences = 4;
const mostTopics = 4;
const mostNamed = 3;
const mostGuesses = 2;
const mostListItems = 8;

/** Answers from the product's documents, with their titles as sources; asks back when none fits. */
export function chatAnswer(knowledge: ChatKnowledge, input: ChatInput, caller: Caller): ChatOutput {
  const place = { knowledge, page: input.context?.page, caller };
  const talk = smallTalkOf(input.message);
  if (talk !== undefined) return { reply: talkBack(talk, place) };
  const matches = knowledge.index.search(questionOf(input, caller));
  const fitting = matches.filter((match) => fits(match, input.message));
  const [best] = fitting;
  if (best !== undefined) return { reply: compose(fitting, best, input.message) };
  const isVague = topicStems(input.message).size === 0;
  return { reply: isVague ? introduce(place) : askBack(place, matches) };
}

/** The question to search for: a short follow-up is read together with what was asked before. */
export function questionOf({ message, messages = [], context }: ChatInput, caller: Caller): Question {
  const earlier = messages.findLast(({ role }) => role === "user")?.content;
  return { text: message, earlier, page: context?.page, caller };
}

/** Where somebody asks, and who. */
interface Place {
  readonly knowledge: ChatKnowledge;
  readonly page: string | undefined;
  readonly caller: Caller;
}

// "Where is your company?" is not answered by a plan "for the whole company": a place or person needs the title.
function fits({ coverage, isSolid, isTitled }: Match, message: string): boolean {
  const isPlace = /^\P{L}*(?:where|who)\b/iu.test(message) && topicStems(message).size === 1;
  return coverage >= leastCoverage && isSolid && (isTitled || !isPlace);
}

function compose(matches: readonly Match[], best: Match, message: string): string {
  const used = chosen(matches, best, message).map((match, place) => ({
    document: match.document,
    sentences: bestSentences(match, place === 0 ? mostSentences : 2),
  }));
  const text = used.map(({ sentences }) => joinSentences(sentences)).join("\n\n");
  const sources = used.map(({ document }) => sourceOf(document)).join(", ");
  return `${text}\n\n${used.length === 1 ? "Source" : "Sources"}: ${sources}`;
}

const joinsTwo = /(?<!\p{L})(?:and|or|vs|versus|compared?|between|than|difference)(?!\p{L})/iu;

function chosen(matches: readonly Match[], best: Match, message: string): Match[] {
  const named = joinsTwo.test(message) ? matches.filter(({ isNamed }) => isNamed) : [];
  if (named.length > 1) return named.slice(0, mostNamed);
  const asGood = (match: Match) => match.score >= best.score * 0.8 && match.coverage >= best.coverage * 0.9;
  return matches.filter((match) => match === best || asGood(match)).slice(0, 2);
}

function bestSentences({ sentences }: Match, most: number): string[] {
  const top = Math.max(0, ...sentences.map(({ score }) => score));
  if (top === 0) return sentences.slice(0, 2).map(({ text }) => text);
  const chosen = sentences
    .map((sentence, place) => ({ ...sentence, place }))
    .filter(({ score }) => score >= top * 0.6)
    .sort((left, right) => right.score - left.score || left.place - right.place)
    .slice(0, most)
    .map(({ place }) => place);
  const withContext = new Set(chosen.flatMap((place) => contextOf(sentences, place)));
  // One sentence alone says little; the one after it usually goes on.
  if (withContext.size === 1 && most > 1) withContext.add((chosen[0] ?? 0) + 1);
  return sentences.filter((_, place) => withContext.has(place)).map(({ text }) => text);
}

// A list belongs to the sentence before it, and "It …" to the one that says what it is.
function contextOf(sentences: Match["sentences"], place: number): number[] {
  const places = [place];
  if (place > 0 && /^(?:it|its|they|this|these|that|those)\b/iu.test(sentences[place]?.text ?? ""))
    places.unshift(place - 1);
  const isItem = (at: number) => isListItem(sentences[at]?.text ?? "");
  if (isItem(place)) return places;
  for (let next = place + 1; isItem(next) && next <= place + mostListItems; next++) places.push(next);
  return places;
}

const isListItem = (sentence: string) => /^(?:[-*•|]|\d+[.)])\s?/u.test(sentence);

const joinSentences = (sentences: readonly string[]): string =>
  sentences.reduce(
    (text, next) => (text === "" ? next : `${text}${isListItem(next) ? "\n" : " "}${next}`),
    "",
  );

const sourceOf = ({ title, url }: KnowledgeDocument) => (url === undefined ? title : `[${title}](${url})`);

function talkBack(talk: SmallTalk, place: Place): string {
  switch (talk) {
    case "greeting":
      return `Hello! ${introduce(place)}`;
    case "thanks":
      return "You are welcome! Is there anything else you would like to know?";
    case "farewell":
      return "Goodbye! Come back whenever you have a question.";
    case "capabilities":
      return introduce(place);
  }
}

function introduce(place: Place): string {
  const { knowledge, page } = place;
  const about =
    knowledge.product === undefined
      ? "I answer questions about this product"
      : `I answer questions about ${knowledge.product}`;
  const suggestion = page === undefined ? undefined : knowledge.pages.get(page)?.suggestion;
  const topics = topicList(topicsFor(place, []));
  const examples = topics === "" ? "" : `, for example: ${topics}`;
  return `${about}${examples}.${suggestion === undefined ? "" : ` ${suggestion}`} What would you like to know?`;
}

function askBack(place: Place, matches: readonly Match[]): string {
  const topics = topicList(topicsFor(place, matches));
  // Nothing may be open to this caller.
  if (topics === "") return "I have no information about that. Could you put it in other words?";
  return `I have no information about that. I can tell you about: ${topics}. Is one of these what you mean, or could you put it in other words?`;
}

function topicsFor({ knowledge, page, caller }: Place, matches: readonly Match[]): string[] {
  const documents = knowledge.documents.filter((document) => maySee(document, caller));
  const onPage = documents.filter(({ pages }) => page !== undefined && pages?.includes(page));
  const guesses = matches.slice(0, mostGuesses).map(({ document }) => document);
  const ordered = [...new Set([...guesses, ...onPage, ...documents])];
  // Topics from different places lead further than four of one kind.
  const kinds = new Set<string>();
  const spread = ordered.filter((document) => {
    const kind = document.url ?? document.pages?.[0] ?? document.title;
    return !kinds.has(kind) && kinds.add(kind);
  });
  return [...new Set([...spread, ...ordered].map(({ title }) => title))].slice(0, mostTopics);
}

const topicList = (titles: readonly string[]) => titles.map((title) => `“${title}”`).join(", ");
