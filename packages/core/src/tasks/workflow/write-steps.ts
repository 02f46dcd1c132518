import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";
import { shorten } from "../shorten.js";
import { categoryLabels } from "./category-nouns.js";
import { type Clause, clauseText } from "./clause.js";
import { isElse } from "./clause-markers.js";
import { askWhatThen } from "./close-steps.js";
import { describeCron } from "./describe-cron.js";
import { isButton } from "./manual-start.js";
import { wordAt } from "./phrase-table.js";
import { type KnownServices, type Placement, placeService } from "./place-service.js";
import { isNothing } from "./tidy-clauses.js";
import { baseForm } from "./verb-at.js";
import type { WorkflowStep } from "./workflow-schema.js";

/** Steps, and what they leave open. */
export interface WrittenSteps {
  readonly steps: readonly WorkflowStep[];
  /** For the user, each a whole sentence. */
  readonly questions: readonly string[];
}

/** A description, and the services that it can mean. */
export interface Described {
  readonly source: string;
  readonly known: KnownServices;
  /** The app that the description says things are in, for a start that names none. */
  readonly home?: string | undefined;
}

/** A description whose start is known. */
export interface DescribedStart extends Described {
  /** The clause that the start was inferred from: its words say where things come from, not where an action goes. */
  readonly inferred: Clause | undefined;
  /** The app that starts it, which a reply goes back to. */
  readonly startedBy: string | undefined;
  /** The app that "it" is in. */
  readonly it: string | undefined;
  /** Whether "it" can be nothing else: no other action stands between. */
  readonly isNear: boolean;
}

/** The first step. Without a clause that starts it, a workflow is started by hand. */
export function writeTrigger({ source, known, home }: Described, clause: Clause | undefined): WrittenSteps {
  if (clause === undefined) {
    const question =
      "I assumed that you start it by hand. What should start it: an event in an app, a form, a schedule, or you by hand?";
    return {
      steps: [{ type: "trigger", service: "manual", description: "Start it by hand" }],
      questions: [question],
    };
  }
  const description = clauseText(source, clause.tokens);
  if (isButton(clause.tokens)) {
    return { steps: [{ type: "trigger", service: "manual", description }], questions: [] };
  }
  if (clause.kind === "schedule") {
    const inWords = describeCron(/[\d*][^"'”]*$/u.exec(description.replace(/["'”]$/u, ""))?.[0] ?? "");
    const told = inWords === undefined ? description : `${description} (${inWords})`;
    return { steps: [{ type: "trigger", service: "schedule", description: told }], questions: [] };
  }
  const placement = placeService(clause.tokens, "trigger", known);
  if (placement.kind === "placed") {
    return { steps: [{ type: "trigger", service: placement.services[0], description }], questions: [] };
  }
  if (home !== undefined && placement.unknown === undefined && placement.categories.length === 0)
    return { steps: [{ type: "trigger", service: home, description }], questions: [] };
  const question = `${askFor(placement)} does “${shorten(description, 80)}” happen in?`;
  return { steps: [{ type: "trigger", description }], questions: [question] };
}

/** What stands around a condition. */
export interface ConditionPlace {
  /** The condition before it, which "otherwise" is the opposite of. */
  readonly opposite: Clause | undefined;
  /** What comes right after it. */
  readonly next: Clause | undefined;
}

/** A condition; "otherwise" says what it is the opposite of. */
export function writeCondition(
  described: Described,
  clause: Clause,
  { opposite, next }: ConditionPlace,
): WrittenSteps {
  const { source, known } = described;
  const other =
    isElse(clause.tokens) && opposite !== undefined
      ? ` (opposite of: ${clauseText(source, opposite.tokens)})`
      : "";
  const description = clauseText(source, clause.tokens) + other;
  const placement = placeService(clause.tokens, "condition", known);
  const service = placement.kind === "placed" ? placement.services[0] : undefined;
  const guardsNothing = next === undefined || (next.kind === "condition" && isElse(next.tokens));
  const questions = [
    ...(guardsNothing ? [askWhatThen(description)] : []),
    ...(isElse(clause.tokens) && opposite === undefined
      ? [`What is “${description}” the opposite of: when should the steps before it run?`]
      : []),
  ];
  return { steps: [{ type: "condition", ...(service && { service }), description }], questions };
}

/** The actions of a clause: one, or one for each app of a list ("to Slack and Discord"). */
export function writeActions(described: DescribedStart, clause: Clause): WrittenSteps {
  const { source, known, inferred, startedBy, it, isNear } = described;
  const { tokens, kind } = clause;
  const description = clauseText(source, tokens);
  if (isRefusal(clause)) {
    const question = `I made no step of “${shorten(description, 80)}”. Should it limit when the steps run?`;
    return { steps: [], questions: [question] };
  }
  if (isNothing(clause)) return { steps: [{ type: "action", description }], questions: [] };
  const starting = new Set(inferred?.tokens);
  const fresh = tokens.filter((token) => !starting.has(token));
  const placing = fresh.length === 0 ? tokens : fresh;
  const placement = placeService(placing, "action", known);
  if (placement.kind === "placed") {
    const { services, listed } = placement;
    const [service] = services;
    if (listed.length === 0) return { steps: [{ type: "action", service, description }], questions: [] };
    return { steps: writeListed(source, { tokens, placing, listed }), questions: [] };
  }
  if (kind === "phrase") {
    const question = `I could not tell what “${shorten(description, 80)}” should do: which app, and which action?`;
    return { steps: [], questions: [question] };
  }
  const verb = baseForm(wordAt(tokens, 0));
  const isOfIt =
    (/^(?:it|them|this)$/u.test(wordAt(tokens, 1)) || changing.has(verb)) &&
    placement.categories.length === 0 &&
    !reworking.has(verb);
  const place = replying.has(verb) ? startedBy : isOfIt && (isNear || handling.has(verb)) ? it : undefined;
  if (place !== undefined && placement.unknown === undefined)
    return { steps: [{ type: "action", service: place, description }], questions: [] };
  const question = `${askFor(placement)} should “${shorten(description, 80)}” use?`;
  return { steps: [{ type: "action", description }], questions: [question] };
}

interface ListedAction {
  readonly tokens: readonly Token[];
  /** Those of them that say where it goes. */
  readonly placing: readonly Token[];
  readonly listed: readonly Mention[];
}

// "Post it to Slack and Discord": each step has the words around the list, and its own name.
function writeListed(source: string, { tokens, placing, listed }: ListedAction): WorkflowStep[] {
  const names = listed.map(({ first, last }) => placing.slice(first, last + 1));
  const start = names[0]?.[0]?.start ?? 0;
  const end = names.at(-1)?.at(-1)?.end ?? 0;
  return listed.map(({ service }, index) => {
    const own = tokens.filter(
      (token) => token.start < start || token.end > end || names[index]?.includes(token),
    );
    return { type: "action", service: service.id, description: clauseText(source, own) };
  });
}

const replying = new Set("reply respond answer".split(" "));

/** What is done to a thing where it is. */
const handling = new Set("label archive star mark react like close assign unassign".split(" "));

/** What changes a part of what was just found or made: "update the phone number". */
const changing = new Set("update change edit rename".split(" "));

/** What the app that a thing is in does not do to it. */
const reworking = new Set(
  "resize compress convert crop trim translate transcribe encrypt decrypt".split(" "),
);

// "Don't email me": what is not wanted is no step.
const isRefusal = ({ tokens }: Clause) =>
  /^(?:don't|dont|never|no)$/u.test(wordAt(tokens, 0)) ||
  (/^(?:do|does|did|should|must)$/u.test(wordAt(tokens, 0)) && wordAt(tokens, 1) === "not");

function askFor(placement: Exclude<Placement, { readonly kind: "placed" }>): string {
  const preface = placement.unknown === undefined ? "" : `I do not know the app “${placement.unknown}”. `;
  return `${preface}Which ${categoryLabels[placement.categories[0] ?? "built_in"]}`;
}
