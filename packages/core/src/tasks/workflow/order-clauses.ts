import { actionVerbs } from "./action-verbs.js";
import type { Clause } from "./clause.js";
import { isElse } from "./clause-markers.js";
import { wordAt } from "./phrase-table.js";
import { scheduleAdverb } from "./schedule-phrase.js";
import { splitTrigger } from "./split-trigger.js";
import { tidyClauses } from "./tidy-clauses.js";

/** Clauses in the order of a workflow. */
export interface OrderedClauses {
  /** What starts it, when the description says so. */
  readonly trigger: Clause | undefined;
  /** Conditions and actions; a condition stands before what it guards. */
  readonly rest: readonly Clause[];
  /** Clauses that start something too; a workflow has one start. */
  readonly otherStarts: readonly Clause[];
  /** Clauses that only tell where things are: "We use Pipedrive". */
  readonly background: readonly Clause[];
}

const eventWords = new Set(
  `added adds applies arrives breaks calls crashes drops exceeds falls goes happens reaches registers rises subscribes
  unsubscribes writes stars likes shares merges comments reacts downloads somebody anybody anyone asks becomes books buys cancels changes closes comes created creates expires fails fills get gets
  joins leaves mention mentions new opens orders paid pays posted posts receive received receives replies requests sends
  signs someone starts submits submitted updated uploads visits`.split(/\s+/u),
);

/** After "is": states that begin at some time, so that something can be done then. */
const stateWords = new Set(
  `above below over under overdue late low empty due down up out missing full higher lower greater less more won lost
  unpaid offline online available`.split(/\s+/u),
);

/** Puts the start first and conditions before the actions that they guard. */
export function orderClauses(said: readonly Clause[]): OrderedClauses {
  // ", once signed": without a subject it speaks of what went before, and starts nothing.
  const tidy = tidyClauses(said);
  const clauses = tidy.clauses.map((clause, index): Clause => {
    const isBare = clause.kind === "trigger" && clause.tokens.length < 3;
    return isBare && index > 0 && clause.link !== "nothing" ? { ...clause, kind: "condition" } : clause;
  });
  let trigger = findTrigger(clauses);
  const otherStarts: Clause[] = [];
  const rest: Clause[] = [];
  for (const clause of clauses) {
    if (clause === trigger) continue;
    if (clause.kind === "schedule" && rest.length === 0 && trigger?.kind === "schedule")
      trigger = withSchedule(trigger, clause);
    else if (clause.kind === "schedule") mergeSchedule(rest, clause);
    else if (clause.kind === "trigger") {
      otherStarts.push(clause);
      rest.push({ ...clause, kind: "condition" });
    } else rest.push(clause);
  }
  const start = trigger && splitTrigger(trigger);
  return {
    trigger: start?.trigger,
    rest: [...(start?.conditions ?? []), ...placeConditions(rest)],
    otherStarts,
    background: tidy.background,
  };
}

function findTrigger(clauses: readonly Clause[]): Clause | undefined {
  const event = clauses.find(({ kind }) => kind === "trigger");
  const schedule = clauses.find(({ kind }) => kind === "schedule");
  const leads = (clause: Clause) =>
    !clauses.slice(0, clauses.indexOf(clause)).some(({ kind }) => kind !== "phrase");
  if (schedule !== undefined && (event === undefined || leads(schedule))) return schedule;
  if (event !== undefined) return event;
  const [first, second] = clauses;
  if (first?.kind === "action" && second !== undefined && watches(first)) return first;
  const conditions = clauses.filter(({ kind }) => kind === "condition");
  const [condition] = conditions;
  const leadsOrFollows = condition === first || (conditions.length === 1 && condition?.link === "nothing");
  if (
    condition !== undefined &&
    /^(?:if|in)$/u.test(wordAt(condition.tokens, 0)) &&
    leadsOrFollows &&
    tellsEvent(condition)
  )
    return condition;
  const opensWithPhrase = first?.kind === "phrase" && second !== undefined && second.kind !== "phrase";
  // "Weekly summary → Slack" runs every week.
  const isTimed = first !== undefined && scheduleAdverb(first.tokens) !== undefined;
  return opensWithPhrase && second?.link !== "nothing" && !isTimed && !movesThings(first) ? first : undefined;
}

// "Watch a folder and copy each new file"
const watches = ({ tokens }: Clause) =>
  /^(?:watch|monitor)$/u.test(wordAt(tokens, 0)) || (wordAt(tokens, 0) === "listen" && tokens.length > 2);

// "If a customer cancels …" is an event when nothing else starts the workflow.
const tellsEvent = ({ tokens }: Clause) =>
  tokens.some(
    (token, index) =>
      eventWords.has(token.lower) ||
      (index > 1 &&
        /^(?:is|are|was|were|gets|been|being)$/u.test(wordAt(tokens, index - 1)) &&
        (stateWords.has(token.lower) ||
          /^(?!based|interested|located|allowed|supposed|needed).{2,20}ed$/u.test(token.lower))),
  );

// "Copy leads into HubSpot": something to do, where "Order added to Shopify" is an event.
const movesThings = (clause: Clause) =>
  actionVerbs.has(wordAt(clause.tokens, 0)) &&
  !/^(?:to|into|in|on|from|for)$/u.test(wordAt(clause.tokens, 1)) &&
  clause.tokens.some(({ lower }) => /^(?:to|into)$/u.test(lower)) &&
  !tellsEvent(clause);

// "When a deal closes, send a report every day": the schedule belongs to the action's words.
function mergeSchedule(rest: Clause[], schedule: Clause): void {
  const last = rest.pop();
  if (last === undefined) return;
  rest.push(withSchedule(last, schedule));
}

const withSchedule = (clause: Clause, { tokens }: Clause): Clause => ({
  ...clause,
  tokens: [...clause.tokens, ...tokens].sort((left, right) => left.start - right.start),
});

function placeConditions(clauses: readonly Clause[]): Clause[] {
  const placed: Clause[] = [];
  for (const [index, clause] of clauses.entries()) {
    const before = placed.at(-1);
    const next = clauses[index + 1];
    const followsAction =
      before !== undefined && before.kind !== "condition" && before.sentence === clause.sentence;
    const isLast = next === undefined || next.sentence !== clause.sentence;
    const isTrailing = clause.link === "nothing" || (isLast && clause.link === "comma");
    if (clause.kind === "condition" && followsAction && isTrailing && !isElse(clause.tokens)) {
      placed.splice(-1, 1, clause, before);
    } else placed.push(clause);
  }
  return placed;
}
