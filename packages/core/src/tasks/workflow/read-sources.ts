import type { Mention } from "../services/find-services.js";
import { mentionsIn } from "../services/mentions-in.js";
import type { Token } from "../services/scan-text.js";
import { canBeRead } from "./can-be-read.js";
import { categoryNouns } from "./category-nouns.js";
import { type Clause, clauseText } from "./clause.js";
import { isSource } from "./is-source.js";
import { isReachedBy } from "./listed-with.js";
import { nounAt } from "./noun-at.js";
import { wordAt } from "./phrase-table.js";
import { baseForm, verbAt } from "./verb-at.js";
import type { WorkflowStep } from "./workflow-schema.js";
import type { Described, WrittenSteps } from "./write-steps.js";

/**
 * Puts a step in front of an action whose things have to be read first: "Every Monday copy new rows from Airtable to
 * Notion" gets the rows, then copies them. What an event brings along has not to be read, so that after an event only
 * "from" says it.
 */
export function readSources(
  { source, known }: Described,
  clauses: readonly Clause[],
  [start, ...actions]: readonly WrittenSteps[],
): WrittenSteps[] {
  if (start === undefined) return [];
  const isScheduled = start.steps[0]?.service === "schedule";
  const taken = new Set(start.steps.map(({ service }) => service));
  const completed = actions.map((part, index): WrittenSteps => {
    const clause = clauses[index];
    for (const { service } of part.steps) taken.add(service);
    if (clause?.kind !== "action") return part;
    const tokens = clause.tokens.slice(0, mostTokens);
    const mentions = mentionsIn(tokens, known.starts);
    const reading = mentions.flatMap((mention): WorkflowStep[] => {
      const { id } = mention.service;
      if (taken.has(id) || isHow(tokens, mention, mentions) || !canBeRead(mention.service)) return [];
      const isRead = comesFrom(tokens, mention) || (isScheduled && holdsThings(tokens, mention, mentions));
      if (!isRead) return [];
      taken.add(id);
      return [{ type: "action", service: id, description: describe(source, tokens, mention) }];
    });
    return { steps: [...reading, ...part.steps], questions: part.questions };
  });
  return [start, ...completed];
}

/** No action is longer; every name looks back over the clause. */
const mostTokens = 200;
const articles = new Set("a an the my our their your".split(" "));
const places = new Set("to into onto in on via using through with at by that about".split(" "));
/** "Create a report from Airtable": the report is not read there. */
const making = new Set("build create draft generate make open prepare produce schedule write".split(" "));
const comparing = new Set("compare match reconcile".split(" "));
/** What the name of a thing never reaches back over. */
const phraseEnds = new Set(
  "me us them him her everyone of with about for from to into in on by between and up out".split(" "),
);

// A model ("with GPT") and what stands in brackets are how it is done.
const isHow = (tokens: readonly Token[], mention: Mention, mentions: readonly Mention[]) =>
  mention.service.category === "ai" ||
  mention.service.category === "built_in" ||
  isReachedBy(tokens, mention, mentions);

/** The word before a name, past "the" and "our". */
function leadOf(tokens: readonly Token[], { first }: Mention): number {
  return articles.has(wordAt(tokens, first - 1)) ? first - 2 : first - 1;
}

// "Send a text from Twilio" names the sender, not where things are.
const comesFrom = (tokens: readonly Token[], mention: Mention) =>
  wordAt(tokens, leadOf(tokens, mention)) === "from" &&
  !(wordAt(tokens, 0) === "send" && /^(?:chat|email|sms)$/u.test(mention.service.category));

// "Remind the team to log their hours in Toggl": that is theirs to do.
const isTheirs = (tokens: readonly Token[], { first }: Mention) =>
  tokens
    .slice(1, first)
    .some(
      ({ lower }, index) =>
        lower === "that" || (lower === "to" && verbAt(tokens, index + 2, "base") !== undefined),
    );

/** Whether an app holds what the action works on: "our Notion pages", "the open deals in HubSpot". */
function holdsThings(tokens: readonly Token[], mention: Mention, mentions: readonly Mention[]): boolean {
  if (isTheirs(tokens, mention)) return false;
  if (isSource(tokens, mention) || comparing.has(wordAt(tokens, 0))) return true;
  const lead = leadOf(tokens, mention);
  if (/^(?:in|on)$/u.test(wordAt(tokens, lead))) return isOfKind(tokens, lead, mention);
  return isObject(tokens, mention, mentions);
}

// "Deals in HubSpot", "tasks in Asana"
function isOfKind(tokens: readonly Token[], end: number, { service }: Mention): boolean {
  const noun = nounAt(tokens, end - 1);
  // "With a folder in Google Drive": it is made there.
  if (/^an?$/u.test(wordAt(tokens, end - 2))) return false;
  const kinds = noun === undefined ? [] : (categoryNouns.get(noun.name) ?? []);
  return kinds.includes(service.category);
}

// "Back up our Notion pages", "sync Airtable", "email me the open Jira issues"; not "send a Slack message".
function isObject(tokens: readonly Token[], mention: Mention, mentions: readonly Mention[]): boolean {
  const verb = verbAt(tokens, 0, "any");
  if (verb === undefined) return false;
  const isMedium = verb.tells && /^(?:chat|email|sms|phone|social)$/u.test(mention.service.category);
  if (isMedium || /^an?$/u.test(wordAt(tokens, mention.first - 1))) return false;
  const lead = tokens.slice(1, mention.first).findLast(({ lower }) => places.has(lower))?.lower;
  if (lead === undefined) return true;
  // "An email with all the Stripe invoices"
  return lead === "with" && mentions.at(-1) === mention && mention.last < tokens.length - 1;
}

function describe(source: string, tokens: readonly Token[], mention: Mention): string {
  const lead = leadOf(tokens, mention);
  const end = endOfName(tokens, mention.last + 1);
  // "From the Airtable record": the record is read.
  const isLed = /^(?:from|in|on)$/u.test(wordAt(tokens, lead)) && end === mention.last + 1;
  const from = isLed ? lead : mention.first;
  const before = tokens.findLastIndex(
    ({ lower, kind }, index) => index < from && (index === 0 || kind === "comma" || phraseEnds.has(lower)),
  );
  const things = withoutReceiver(tokens.slice(before + 1, end));
  const isMade = isLed && making.has(baseForm(wordAt(tokens, 0)));
  const isBare = things.length === mention.last - mention.first + 1 && end === mention.last + 1;
  const text = clauseText(source, things);
  if (isBare || isMade || things[0] === tokens[from]) {
    const name = clauseText(source, tokens.slice(isLed ? lead + 1 : mention.first, mention.last + 1));
    return `Get the data from ${name}`;
  }
  return `Get ${things[0]?.text ?? ""}${text.slice(things[0]?.text.length ?? 0)}`;
}

// "Our accountant | the list from Airtable"
function withoutReceiver(things: readonly Token[]): readonly Token[] {
  const start = things.findLastIndex(
    (_, index) =>
      /^(?:the|my|our)$/u.test(wordAt(things, index)) &&
      !/^(?:all|both|each)$/u.test(wordAt(things, index - 1)),
  );
  return start > 0 && !/^(?:from|in|on)$/u.test(wordAt(things, start - 1)) ? things.slice(start) : things;
}

// "Stripe invoices | by email"
function endOfName(tokens: readonly Token[], from: number): number {
  const end = tokens.findIndex(
    ({ lower, kind }, index) =>
      index >= from && (kind !== "word" || places.has(lower) || phraseEnds.has(lower)),
  );
  return end < 0 ? tokens.length : end;
}
