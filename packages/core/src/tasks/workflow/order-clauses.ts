import type { Clause } from "./clause.js";

/** Clauses in the order of a workflow. */
export interface OrderedClauses {
  /** What starts it, when the description says so. */
  readonly trigger: Clause | undefined;
  /** Conditions and actions; a condition stands before what it guards. */
  readonly rest: readonly Clause[];
  /** Clauses that start something too; a workflow has one start. */
  readonly otherStarts: readonly Clause[];
}

const eventWords = new Set(
  `added adds arrives drops exceeds falls goes happens reaches rises asks becomes books buys cancels changes closes comes created creates expires fails fills get gets
  joins leaves mention mentions new opens orders paid pays posted posts receive received receives replies requests sends
  signs someone starts submits submitted updated uploads visits`.split(/\s+/u),
);

/** Puts the start first and conditions before the actions that they guard. */
export function orderClauses(clauses: readonly Clause[]): OrderedClauses {
  const trigger = findTrigger(clauses);
  const otherStarts: Clause[] = [];
  const rest: Clause[] = [];
  for (const clause of clauses) {
    if (clause === trigger) continue;
    if (clause.kind === "schedule") mergeSchedule(rest, clause);
    else if (clause.kind === "trigger") {
      otherStarts.push(clause);
      rest.push({ ...clause, kind: "condition" });
    } else rest.push(clause);
  }
  return { trigger, rest: placeConditions(rest), otherStarts };
}

function findTrigger(clauses: readonly Clause[]): Clause | undefined {
  const event = clauses.find(({ kind }) => kind === "trigger");
  const schedule = clauses.find(({ kind }) => kind === "schedule");
  const leads = (clause: Clause) =>
    !clauses.slice(0, clauses.indexOf(clause)).some(({ kind }) => kind !== "phrase");
  if (schedule !== undefined && (event === undefined || leads(schedule))) return schedule;
  if (event !== undefined) return event;
  const [first, second] = clauses;
  if (first?.kind === "condition" && first.tokens[0]?.lower === "if" && tellsEvent(first)) return first;
  const opensWithPhrase = first?.kind === "phrase" && second !== undefined && second.kind !== "phrase";
  return opensWithPhrase && !second?.attached ? first : undefined;
}

// "If a customer cancels …" is an event when nothing else starts the workflow.
const tellsEvent = (clause: Clause) => clause.tokens.some((token) => eventWords.has(token.lower));

// "When a deal closes, send a report every day": the schedule belongs to the action's words.
function mergeSchedule(rest: Clause[], schedule: Clause): void {
  const last = rest.pop();
  if (last === undefined) return;
  rest.push({
    ...last,
    tokens: [...last.tokens, ...schedule.tokens].sort((left, right) => left.start - right.start),
  });
}

function placeConditions(clauses: readonly Clause[]): Clause[] {
  const placed: Clause[] = [];
  for (const [index, clause] of clauses.entries()) {
    const before = placed.at(-1);
    const next = clauses[index + 1];
    const followsAction =
      before !== undefined && before.kind !== "condition" && before.sentence === clause.sentence;
    const isLast = next === undefined || next.sentence !== clause.sentence;
    if (clause.kind === "condition" && followsAction && (clause.attached || isLast) && !isElse(clause)) {
      placed.splice(-1, 1, clause, before);
    } else placed.push(clause);
  }
  return placed;
}

/** Whether a condition is the other branch of the one before it. */
export const isElse = (clause: Clause): boolean =>
  /^(?:otherwise|else|or)$/u.test(clause.tokens[0]?.lower ?? "") && clause.tokens.length < 3;
