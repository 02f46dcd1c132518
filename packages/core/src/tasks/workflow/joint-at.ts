import type { Token } from "../services/scan-text.js";
import type { ClauseKind } from "./clause.js";
import { labelAt } from "./clause-label.js";
import { isElse, markerLength } from "./clause-markers.js";
import { leadInLength } from "./lead-in.js";
import { phraseTable, wordAt } from "./phrase-table.js";
import { isFurtherVerb } from "./unknown-verb.js";
import { verbAt } from "./verb-at.js";

/** What a clause is made of while it is being read. */
export interface OpenClause {
  readonly kind: ClauseKind;
  readonly tokens: readonly Token[];
  /** Its verb is not in its base form ("a workflow that sends …"), so those that follow it need not be either. */
  readonly inflected: boolean;
}

/** A place where one clause ends and the next one starts. */
export interface Joint {
  readonly kind: ClauseKind;
  /** Index of the next clause's first token. */
  readonly from: number;
  /** How many of its tokens are its marker. */
  readonly marker: number;
}

/** A sentence, and what was worked out about it once. */
export interface Sentence {
  readonly tokens: readonly Token[];
  /** For each index: whether a comma, "then" or arrow before an action comes at it or later. */
  readonly actionAhead: readonly boolean[];
}

/** Words that lead on to another clause. */
export const joiners: ReadonlySet<string> = new Set([
  "and",
  "&",
  "+",
  "plus",
  "then",
  "but",
  "so",
  "also",
  "next",
  "finally",
  "afterwards",
]);
const notBeforeThen = new Set(["since", "until", "by", "from", "if"]);
const subjects = new Set(
  `a an and any be can could do does don't i in is its may might must my new no not of on or our should that the their they
  this to we when who will with would you your`.split(/\s+/u),
);

const objects = new Set("a an the it them this these me us my our everyone".split(" "));
const causing = new Set("ask get have help let make remind tell want".split(" "));
const happenings =
  /^(?:is|are|was|were|has|have|gets|comes|arrives|fails|closes|happens|starts|ends|goes|appears|joins|leaves|signs|pays|fills|cancels|submits|falls|drops|rises|reaches|replies|paid|sent|made|expires|subscribes|unsubscribes)$/u;
const furthestBack = 20;

/** "When I get paid I want a row …": who speaks now is the user. */
const wishes = phraseTable(
  "i want|i would like|i'd like|i need|we want|we need|we would like|we'd like|please",
);

/** The joint at an index, when the clause that is open ends there. */
export function jointAt(
  { tokens, actionAhead }: Sentence,
  index: number,
  open: OpenClause,
): Joint | undefined {
  const token = tokens[index];
  if (token === undefined) return undefined;
  const separators = separatorsAt(tokens, index);
  const { from, separated } = separators;
  const label = separated ? labelAt(tokens, from) : undefined;
  if (label !== undefined) return { kind: label.kind, from: from + label.length, marker: 0 };
  if (separated && isLater(tokens, from)) return { kind: "action", from, marker: 3 };
  // "But don't …": the "but" belongs to the limit.
  const but = wordAt(tokens, index) === "but" ? index : index + 1;
  const limit =
    separated && but < from ? markerLength("condition", tokens, { first: but, atStart: false }) : 0;
  if (limit > 0) return { kind: "condition", from: but, marker: limit };
  const condition = markerLength("condition", tokens, {
    first: from,
    atStart: separated || saysElse(tokens, index),
  });
  if (condition > 0) return { kind: "condition", from, marker: condition };
  const trigger = markerLength("trigger", tokens, { first: from, atStart: separated });
  if (trigger > 0) return { kind: isDelay(tokens, from) ? "action" : "trigger", from, marker: trigger };
  const isArrow = separators.arrow && !(token.text === ">" && open.kind === "condition");
  if (isArrow || (separators.saysThen && !notBeforeThen.has(wordAt(tokens, index - 1)))) {
    return tokens[from] === undefined ? undefined : { kind: "action", from, marker: 0 };
  }
  const wish = open.tokens.length > 3 && actionAhead[index] === false ? wishes(tokens, index) : 0;
  if (wish > 0 && open.kind === "trigger")
    return { kind: "action", from: index + leadInLength(tokens, index), marker: 0 };
  const starts = separated ? startsAction(separators, open, tokens) : runsIntoAction(tokens, index, open);
  const waits = open.kind === "trigger" || open.kind === "condition";
  const happened = !separated && startsObject(tokens, index + 1) && hasHappened(open.tokens);
  const sure = separators.comma || !waits || actionAhead[index] === false || happened;
  return starts && sure ? { kind: "action", from, marker: 0 } : undefined;
}

// "Text me otherwise email me": what follows is an action.
function saysElse(tokens: readonly Token[], index: number): boolean {
  const length = markerLength("condition", tokens, { first: index, atStart: true });
  return (
    isElse(tokens.slice(index, index + length)) &&
    verbAt(tokens, index + length + leadInLength(tokens, index + length)) !== undefined
  );
}

const isPeriod = (tokens: readonly Token[], index: number) =>
  /^(?:\d+|an?|one|two|three|four|five|six|seven|ten|few)$/u.test(wordAt(tokens, index)) &&
  /^(?:second|minute|hour|day|week|month)s?$/u.test(wordAt(tokens, index + 1));

/** "Two days later": a wait. */
export const isLater = (tokens: readonly Token[], index: number): boolean =>
  isPeriod(tokens, index) && wordAt(tokens, index + 2) === "later";

/** "After 2 days": a wait, not an event. */
export const isDelay = (tokens: readonly Token[], index: number): boolean =>
  wordAt(tokens, index) === "after" &&
  isPeriod(tokens, index + 1) &&
  !/^(?:without|since|of|from|with|in)$/u.test(wordAt(tokens, index + 3));

const isPause = (token: Token | undefined) => token?.kind === "comma" || token?.text === ":";

interface Separators {
  readonly from: number;
  readonly separated: boolean;
  readonly comma: boolean;
  readonly saysThen: boolean;
  readonly arrow: boolean;
}

function separatorsAt(tokens: readonly Token[], index: number): Separators {
  const arrow = tokens[index]?.kind === "arrow";
  const joined = arrow || isPause(tokens[index]) || joiners.has(tokens[index]?.lower ?? "");
  const start = arrow ? index + 1 : index;
  const from = joined ? start + leadInLength(tokens, start) : index;
  const between = tokens.slice(index, from);
  return {
    from,
    separated: joined,
    comma: between.some(isPause),
    saysThen: between.some((token) => token.lower === "then"),
    arrow,
  };
}

function startsAction({ from, comma }: Separators, open: OpenClause, tokens: readonly Token[]): boolean {
  const waits = open.kind === "trigger" || open.kind === "condition";
  // "If so, add it": after a comma, a marker and one word are enough.
  if (waits && open.tokens.length < (comma ? 2 : 3)) return false;
  if (verbAt(tokens, from, open.inflected ? "any" : "base") !== undefined) return true;
  return (comma || open.kind === "action") && open.tokens.length > 1 && isFurtherVerb(tokens, from);
}

// "When a form is submitted send a message": no comma says where the action starts.
function runsIntoAction(tokens: readonly Token[], index: number, open: OpenClause): boolean {
  if (open.kind === "action") return runsOn(tokens, index, open);
  if (open.kind !== "trigger" && open.kind !== "condition") return false;
  const before = wordAt(tokens, index - 1);
  // "If approved add it", "if so …": nothing else can belong to the condition.
  const isWhole = /^(?:so|yes|not)$|ed$/u.test(before) || (open.tokens.length === 2 && !subjects.has(before));
  const isShort = open.kind === "condition" && open.tokens.length > 1 && isWhole;
  if (!isShort && (open.tokens.length < 4 || subjects.has(before))) return false;
  if (verbAt(tokens, index) === undefined) return false;
  // A plural can be who does it: "when customers request a refund".
  const isPlural = /s$/u.test(before.replace(/ss$|is$|has$|was$|yes$/u, ""));
  return !isPlural || (startsObject(tokens, index + 1) && hasHappened(open.tokens));
}

// "Add it to Google Calendar create a Zoom meeting": after a name, a verb with its object starts anew.
function runsOn(tokens: readonly Token[], index: number, open: OpenClause): boolean {
  if (open.tokens.length === 3 && isLater(open.tokens, 0)) return verbAt(tokens, index) !== undefined;
  if (open.tokens.length < 3 || !/^\p{Lu}/u.test(tokens[index - 1]?.text ?? "")) return false;
  if (causing.has(wordAt(open.tokens, 0)) || !/^\p{Ll}/u.test(tokens[index]?.text ?? "")) return false;
  return startsObject(tokens, index + 1) && verbAt(tokens, index) !== undefined;
}

const startsObject = (tokens: readonly Token[], index: number) => objects.has(wordAt(tokens, index));

// "… is won in Pipedrive": what follows can't be its verb.
const hasHappened = (tokens: readonly Token[]) =>
  tokens
    .slice(Math.max(1, tokens.length - furthestBack))
    .some(({ kind, lower }) => kind === "word" && (happenings.test(lower) || /..ed$/u.test(lower)));

/** Works out {@link Sentence.actionAhead}, from the end to the start. */
export function readAhead(tokens: readonly Token[]): Sentence {
  const actionAhead: boolean[] = new Array(tokens.length).fill(false);
  let ahead = false;
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token?.kind === "comma" || token?.kind === "arrow" || token?.lower === "then") {
      const { from, arrow, saysThen } = separatorsAt(tokens, index);
      ahead ||= arrow || saysThen || verbAt(tokens, from) !== undefined || isFurtherVerb(tokens, from);
    }
    actionAhead[index] = ahead;
  }
  return { tokens, actionAhead };
}
