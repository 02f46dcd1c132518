import { type MentionStarts, mentionsIn } from "../services/mentions-in.js";
import type { Token } from "../services/scan-text.js";
import { categoryNouns } from "./category-nouns.js";
import type { Clause } from "./clause.js";
import { wordAt } from "./phrase-table.js";
import { scheduleAdverb } from "./schedule-phrase.js";

const articles = new Set("a an any all each every the".split(" "));
const sourceEnds = new Set("to into in via using and with through as".split(" "));

/**
 * Finds the start of a workflow in a title that names none outright: "Send a message for new orders", "Copy leads from
 * Typeform to HubSpot", "Daily report". The user's words, and only those.
 */
export function inferTrigger(clauses: readonly Clause[], starts: MentionStarts): Clause | undefined {
  const clause = clauses.find(({ kind }) => kind === "action" || kind === "phrase");
  if (clause === undefined) return undefined;
  const { tokens } = clause;
  const adverb = scheduleAdverb(tokens);
  if (adverb !== undefined) return { ...clause, kind: "schedule", tokens: [adverb] };
  // "Receive updates for all changes in Pipedrive": what is received starts the workflow.
  if (/^receiv(?:e|ing)$/u.test(wordAt(tokens, 0)) && speaksOfApp(tokens, starts))
    return { ...clause, kind: "trigger" };
  const source = newThing(tokens) ?? sourceAfterFrom(tokens, starts) ?? transferSource(tokens, starts);
  return source === undefined ? undefined : { ...clause, kind: "trigger", tokens: source };
}

// "for new orders", "on a new task", "after the call", "once it is signed"
function newThing(tokens: readonly Token[]): Token[] | undefined {
  for (let index = 1; index < tokens.length - 1; index++) {
    const word = wordAt(tokens, index);
    const next = articles.has(wordAt(tokens, index + 1)) ? 2 : 1;
    const isNew =
      /^(?:new|incoming)$/u.test(wordAt(tokens, index + next)) && /^(?:for|on|from|of|about)$/u.test(word);
    const isAfter = /^(?:after|once|upon)$/u.test(word) && tokens.length - index > 2;
    const isEach = /^(?:every|each|any)$/u.test(word) && wordAt(tokens, index + 1) === "new";
    if (isNew || isAfter || isEach) return tokens.slice(index);
  }
  return undefined;
}

function sourceAfterFrom(tokens: readonly Token[], starts: MentionStarts): Token[] | undefined {
  const from = tokens.findIndex((token, index) => index > 0 && token.lower === "from");
  if (from < 0) return undefined;
  const end = tokens.findIndex(
    (token, index) => index > from + 1 && (sourceEnds.has(token.lower) || token.kind === "comma"),
  );
  const source = tokens.slice(from, end < 0 ? tokens.length : end);
  return speaksOfApp(source, starts) ? source : undefined;
}

// "Sync Jira issues to Notion", "New WooCommerce product to Slack"
function transferSource(tokens: readonly Token[], starts: MentionStarts): Token[] | undefined {
  const mentions = mentionsIn(tokens, starts);
  const [first, second] = mentions;
  if (first === undefined || second === undefined || first.service.id === second.service.id) return undefined;
  const link = tokens.findIndex(
    (token, index) =>
      index > first.last && index < second.first && /^(?:to|into|with|and)$/u.test(token.lower),
  );
  return link < 0 || tokens[link]?.lower === "and" ? undefined : tokens.slice(0, link);
}

const speaksOfApp = (tokens: readonly Token[], starts: MentionStarts) =>
  mentionsIn(tokens, starts).length > 0 ||
  tokens.some((token) => categoryNouns.has(token.lower.replace(/s$/u, "")));
