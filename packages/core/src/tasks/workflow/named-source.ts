import { type MentionStarts, mentionsIn } from "../services/mentions-in.js";
import type { Token } from "../services/scan-text.js";
import { actionVerbs } from "./action-verbs.js";
import { categoryNouns } from "./category-nouns.js";
import { isSource } from "./is-source.js";
import { wordAt } from "./phrase-table.js";
import { verbAt } from "./verb-at.js";

/** Where the things of a title come from, in its words. */
export interface NamedSource {
  readonly tokens: readonly Token[];
  /** Whether it says that each new thing starts the workflow; things "from" somewhere can be fetched too. */
  readonly isSure: boolean;
}

const articles = new Set("a an any all each every the".split(" "));
const relations = new Set("whose who that which in on from for each every listed".split(" "));
const makingVerbs = new Set("book create draft generate make open prepare schedule".split(" "));
const ways = /^(?:to|into|via|in|on|by|using)$/u;
const sourceEnds = new Set("to into in via using and with through as".split(" "));

/**
 * The words of a title that name where its things come from: "for new orders", "from Typeform", "Jira issues" in "Sync
 * Jira issues to Notion".
 */
export function namedSource(tokens: readonly Token[], starts: MentionStarts): NamedSource | undefined {
  const sure = newThingFirst(tokens, starts) ?? newThing(tokens, starts) ?? eachThing(tokens, starts);
  if (sure !== undefined) return { tokens: sure, isSure: true };
  const source = sourceAfterFrom(tokens, starts) ?? transferSource(tokens, starts);
  return source && { tokens: source, isSure: false };
}

// "New lead to Slack", "New lead notification"
function newThingFirst(tokens: readonly Token[], starts: MentionStarts): Token[] | undefined {
  if (!/^(?:new|incoming)$/u.test(wordAt(tokens, 0))) return undefined;
  const end = tokens.findIndex(
    (token, index) => index > 1 && (ways.test(token.lower) || token.kind === "arrow"),
  );
  const source = tokens.slice(0, end < 0 ? tokens.length : end);
  return speaksOfApp(source, starts) ? source : undefined;
}

// "for new orders", "on a new task", "after the call", "once it is signed"
function newThing(tokens: readonly Token[], starts: MentionStarts): Token[] | undefined {
  for (let index = 1; index < tokens.length - 1; index++) {
    const word = wordAt(tokens, index);
    const next = articles.has(wordAt(tokens, index + 1)) ? 2 : 1;
    const isNew =
      /^(?:new|incoming)$/u.test(wordAt(tokens, index + next)) && /^(?:for|on|from|of|about)$/u.test(word);
    const isAfter = /^(?:after|once|upon)$/u.test(word) && tokens.length - index > 2;
    const isOn = word === "on" && tellsEvent(tokens, index + next, starts);
    const isEach = /^(?:every|each|any)$/u.test(word) && wordAt(tokens, index + 1) === "new";
    if (!isNew && !isAfter && !isEach && !isOn) continue;
    const end = tokens.findIndex(
      (token, at) =>
        at > index &&
        isEach &&
        (/^(?:to|into)$/u.test(token.lower) ||
          (/^(?:in|on)$/u.test(token.lower) && mentionsIn(tokens.slice(index, at), starts).length > 0)) &&
        mentionsIn(tokens.slice(at + 1, at + 4), starts).length > 0,
    );
    return tokens.slice(index, end < 0 ? tokens.length : end);
  }
  return undefined;
}

// "on PagerDuty incident"
function tellsEvent(tokens: readonly Token[], at: number, starts: MentionStarts): boolean {
  const token = tokens[at];
  const mention = token && starts.get(token);
  if (mention === undefined) return false;
  const noun = wordAt(tokens, at + 1 + mention.last - mention.first);
  return mention.service.starts.includes(noun);
}

// "Create an invoice for each closed deal in Pipedrive"
function eachThing(tokens: readonly Token[], starts: MentionStarts): Token[] | undefined {
  const first = tokens.findIndex(
    (token, index) =>
      index > 0 && token.lower === "for" && /^(?:each|every)$/u.test(wordAt(tokens, index + 1)),
  );
  if (first < 0) return undefined;
  const end = tokens.findIndex((token, index) => index > first && /^(?:to|into|via)$/u.test(token.lower));
  const source = tokens.slice(first, end < 0 ? tokens.length : end);
  const elsewhere = [...tokens.slice(1, first), ...(end < 0 ? [] : tokens.slice(end))];
  const app = mentionsIn(tokens.slice(0, end < 0 ? tokens.length : end), starts).find(
    (mention) => mention.first > first,
  );
  if (app === undefined || !isSource(tokens, app) || !speaksOfApp(elsewhere, starts)) return undefined;
  // "A row for each order in Google Sheets" is written there.
  const isTarget = elsewhere.some(({ lower }) =>
    categoryNouns.get(lower.replace(/s$/u, ""))?.includes(app.service.category),
  );
  return isTarget && mentionsIn(elsewhere, starts).length === 0 ? undefined : source;
}

function sourceAfterFrom(tokens: readonly Token[], starts: MentionStarts): Token[] | undefined {
  const from = tokens.findIndex((token, index) => index > 0 && token.lower === "from");
  if (from < 0) return undefined;
  const end = tokens.findIndex(
    (token, index) => index > from + 1 && (sourceEnds.has(token.lower) || token.kind === "comma"),
  );
  const source = tokens.slice(from, end < 0 ? tokens.length : end);
  return speaksOfApp(source, starts) && goesElsewhere(tokens, from, starts) ? source : undefined;
}

// "Get rows from Postgres", "Generate a report from Airtable": there the work is done, nothing starts.
function goesElsewhere(tokens: readonly Token[], from: number, starts: MentionStarts): boolean {
  const named = mentionsIn(tokens, starts);
  if (named.some(({ service }) => service.id !== named.at(-1)?.service.id)) return true;
  const verb = verbAt(tokens, 0, "any");
  const [app] = named;
  const isMedium = verb?.tells === true && /^(?:chat|email|sms|phone)$/u.test(app?.service.category ?? "");
  return verb?.takes !== true && !isMedium && speaksOfApp(tokens.slice(1, from), starts);
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
  const isLed = tokens.slice(link + 1, second.first).some(({ lower }) => relations.has(lower));
  if (link < 0 || tokens[link]?.lower === "and" || isLed || isMade(tokens, first.first)) return undefined;
  const isMoreThanName = first.first > 1 || first.last + 1 < link;
  return tokens.slice(actionVerbs.has(wordAt(tokens, 0)) && first.first > 0 && isMoreThanName ? 1 : 0, link);
}

// "Send a Slack message to …": what the action makes does not start it.
const isMade = (tokens: readonly Token[], name: number) =>
  /^an?$/u.test(wordAt(tokens, name - 1)) &&
  (verbAt(tokens, 0, "any")?.tells === true || makingVerbs.has(wordAt(tokens, 0)));

/** Whether words name an app or a kind of thing that lives in one. */
export const speaksOfApp = (tokens: readonly Token[], starts: MentionStarts) =>
  mentionsIn(tokens, starts).length > 0 ||
  tokens.some((token) => categoryNouns.has(token.lower.replace(/s$/u, "")));
