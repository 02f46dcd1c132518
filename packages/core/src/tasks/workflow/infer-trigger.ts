import type { Mention } from "../services/find-services.js";
import { mentionsIn } from "../services/mentions-in.js";
import type { Token } from "../services/scan-text.js";
import { actionVerbs } from "./action-verbs.js";
import { appPhrase } from "./app-phrase.js";
import type { Clause } from "./clause.js";
import { namedSource, speaksOfApp } from "./named-source.js";
import { isOtherLanguage } from "./other-language.js";
import { wordAt } from "./phrase-table.js";
import { type KnownServices, placeService } from "./place-service.js";
import { scheduleAdverb } from "./schedule-phrase.js";
import { type StartCandidate, startCandidates } from "./start-evidence.js";
import { verbAt } from "./verb-at.js";

/** The start of a workflow whose description names none outright. */
export interface InferredStart extends Clause {
  /** The service that starts it, where the evidence names one; else the words are placed like those of all other starts. */
  readonly service?: string;
  /** Whether no word says so: the user has to be told and asked. */
  readonly isAssumed: boolean;
}

/** Titles are short; what comes later tells nothing about the start. */
const mostTokens = 80;
/** How much has to speak for a start before it is taken from words that name no app, or that ask for one thing once. */
const sureScore = 5;
/** From here on a start counts as said; below it is an assumption, and the user is asked. */
const saidScore = 5;

/**
 * Finds the start of a workflow in a title that names none outright: "Send a message for new orders", "Copy leads from
 * Typeform to HubSpot", "Daily report", "Telegram bot". Weighs what speaks for each app and for a schedule, a form and a
 * webhook.
 */
export function inferTrigger(clauses: readonly Clause[], known: KnownServices): InferredStart | undefined {
  const clause = clauses.find(({ kind }) => kind === "action" || kind === "phrase");
  if (clause === undefined || isOtherLanguage(clause.tokens)) return undefined;
  const { tokens } = clause;
  const adverb = scheduleAdverb(tokens);
  if (adverb !== undefined) return { ...clause, kind: "schedule", tokens: [adverb], isAssumed: false };
  // "Receive updates for all changes in Pipedrive": what is received starts the workflow.
  if (/^receiv(?:e|ing)$/u.test(wordAt(tokens, 0)) && speaksOfApp(tokens, known.starts))
    return { ...clause, kind: "trigger", isAssumed: false };
  const source = namedSource(tokens, known.starts);
  if (source?.isSure === true) {
    const isWhole = source.tokens.length === tokens.length;
    return { ...clause, kind: "trigger", tokens: isWhole ? tokens : source.tokens, isAssumed: false };
  }
  return likeliestStart(clauses, clause, { known, source: source?.tokens });
}

function likeliestStart(
  clauses: readonly Clause[],
  clause: Clause,
  { known, source }: { readonly known: KnownServices; readonly source: readonly Token[] | undefined },
): InferredStart | undefined {
  const tokens = clauses
    .filter(({ kind }) => kind === "action" || kind === "phrase")
    .flatMap(({ tokens: own }) => own)
    .slice(0, mostTokens);
  const mentions = mentionsIn(tokens, known.starts);
  const origin = source && originOf(source, known);
  const [best] = startCandidates(tokens, mentions, origin);
  if (best === undefined) return undefined;
  if (origin !== undefined && best.service === origin)
    return { ...clause, kind: "trigger", tokens: source ?? [], isAssumed: false };
  if (best.score < leastScore(tokens, mentions, best)) return undefined;
  const phrase = best.mention && withoutVerb(appPhrase(tokens, best.mention, mentions), tokens);
  // "WhatsApp chatbot": the whole title is the start, and tells no action.
  const isWhole = clause.kind === "phrase" && phrase?.length === clause.tokens.length;
  const owner = clauses.find(({ tokens: own }) => phrase?.[0] !== undefined && own.includes(phrase[0]));
  const inOne = owner === undefined ? phrase : phrase?.filter((token) => owner.tokens.includes(token));
  const said = isWhole ? clause.tokens : (inOne ?? sayingCue(best));
  return {
    ...clause,
    kind: best.service === "schedule" ? "schedule" : "trigger",
    tokens: said,
    service: best.service,
    isAssumed: best.score < saidScore || said.length === 0,
  };
}

function originOf(source: readonly Token[], known: KnownServices): string | undefined {
  const placement = placeService(source, "trigger", known);
  return placement.kind === "placed" ? placement.services[0] : undefined;
}

// "Add a row to Airtable" asks for one thing, once: nothing in it tells of a start.
function leastScore(tokens: readonly Token[], mentions: readonly Mention[], best: StartCandidate): number {
  const isOnce = verbAt(tokens, 0) !== undefined && /^(?:an?|one|it|me|my)$/u.test(wordAt(tokens, 1));
  if (isOnce) return sureScore;
  if (mentions.some(({ service }) => service.category !== "built_in")) return 0;
  return best.service === "schedule" ? sureScore : 3;
}

// Words such as "backup" only suggest a schedule; "scheduled", "webhook" and "form" say what starts it.
const sayingCue = ({ cue = [], score, service }: StartCandidate): readonly Token[] =>
  score < (service === "schedule" ? saidScore + 2 : 3) ? [] : cue;

// "Sync | Jira issues | to Notion"; where nothing else is left the verb stays: "Check HubSpot contacts".
const withoutVerb = (phrase: readonly Token[], all: readonly Token[]) =>
  phrase.length > 2 && phrase.length < all.length && actionVerbs.has(wordAt(phrase, 0))
    ? phrase.slice(1)
    : phrase;
