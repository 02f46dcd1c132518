import { shorten } from "../shorten.js";
import { categoryLabels } from "./category-nouns.js";
import { type Clause, clauseText } from "./clause.js";
import { isElse } from "./clause-markers.js";
import { type KnownServices, type Placement, placeService } from "./place-service.js";
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
}

/** The first step. Without a clause that starts it, a workflow is started by hand. */
export function writeTrigger({ source, known }: Described, clause: Clause | undefined): WrittenSteps {
  if (clause === undefined) {
    const question = "What should start it: an event in an app, a form, a schedule, or you by hand?";
    return {
      steps: [{ type: "trigger", service: "manual", description: "Start it by hand" }],
      questions: [question],
    };
  }
  const description = clauseText(source, clause.tokens);
  if (clause.kind === "schedule") {
    return { steps: [{ type: "trigger", service: "schedule", description }], questions: [] };
  }
  const placement = placeService(clause.tokens, "trigger", known);
  if (placement.kind === "placed") {
    return { steps: [{ type: "trigger", service: placement.services[0], description }], questions: [] };
  }
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
    isElse(clause.tokens) && opposite !== undefined ? ` (not: ${clauseText(source, opposite.tokens)})` : "";
  const description = clauseText(source, clause.tokens) + other;
  const placement = placeService(clause.tokens, "condition", known);
  const service = placement.kind === "placed" ? placement.services[0] : undefined;
  const guardsNothing = next === undefined || (next.kind === "condition" && isElse(next.tokens));
  const questions = [
    ...(guardsNothing ? [`What should happen in this case: “${shorten(description, 80)}”?`] : []),
    ...(isElse(clause.tokens) && opposite === undefined
      ? [`What is “${description}” the opposite of: when should the steps before it run?`]
      : []),
  ];
  return { steps: [{ type: "condition", ...(service && { service }), description }], questions };
}

/**
 * The actions of a clause: one, or one for each app of a list ("to Slack and Discord"). Words that the start was
 * inferred from say where things come from, not where the action goes.
 */
export function writeActions({ source, known }: Described, clause: Clause, inferred?: Clause): WrittenSteps {
  const { tokens, kind } = clause;
  const description = clauseText(source, tokens);
  const starting = new Set(inferred?.tokens);
  const placing = tokens.filter((token) => !starting.has(token));
  const placement = placeService(placing.length === 0 ? tokens : placing, "action", known);
  if (placement.kind === "placed") {
    const { services, listed } = placement;
    if (listed.length === 0)
      return { steps: [{ type: "action", service: services[0], description }], questions: [] };
    const names = listed.map(({ first, last }) => placing.slice(first, last + 1));
    const start = names[0]?.[0]?.start ?? 0;
    const end = names.at(-1)?.at(-1)?.end ?? 0;
    const steps = listed.map(({ service }, index): WorkflowStep => {
      const own = tokens.filter(
        (token) => token.start < start || token.end > end || names[index]?.includes(token),
      );
      return { type: "action", service: service.id, description: clauseText(source, own) };
    });
    return { steps, questions: [] };
  }
  if (kind === "phrase") {
    const question = `I could not tell what “${shorten(description, 80)}” should do: which app, and which action?`;
    return { steps: [], questions: [question] };
  }
  const question = `${askFor(placement)} should “${shorten(description, 80)}” use?`;
  return { steps: [{ type: "action", description }], questions: [question] };
}

function askFor(placement: Exclude<Placement, { readonly kind: "placed" }>): string {
  const preface = placement.unknown === undefined ? "" : `I do not know the app “${placement.unknown}”. `;
  return `${preface}Which ${categoryLabels[placement.categories[0] ?? "built_in"]}`;
}
