import { findServices } from "../services/find-services.js";
import { scanText, type Token } from "../services/scan-text.js";
import { serviceByLabel } from "../services/service-names.js";
import { categoryLabels } from "./category-nouns.js";
import { type Clause, clauseText } from "./clause.js";
import { inferTrigger } from "./infer-trigger.js";
import { isElse, orderClauses } from "./order-clauses.js";
import { type KnownServices, type Placement, placeService } from "./place-service.js";
import { splitClauses } from "./split-clauses.js";
import { unknownName } from "./unknown-name.js";
import type { WorkflowStep } from "./workflow-schema.js";

/** A workflow, and what could not be told from its description. */
export interface CompiledWorkflow {
  readonly steps: readonly WorkflowStep[];
  /** For the user, each a whole sentence. */
  readonly questions: readonly string[];
}

interface Compilation {
  readonly source: string;
  readonly known: KnownServices;
  readonly questions: string[];
}

/** Turns sentences into steps. Never adds a step that nobody asked for: what is missing becomes a question. */
export function compileWorkflow(source: string, tools: readonly string[] = []): CompiledWorkflow {
  const connected = tools.flatMap((tool) => serviceByLabel(tool) ?? []);
  const mentioned = findServices(scanText(source)).map(({ service }) => service);
  const compilation: Compilation = { source, known: { mentioned, connected }, questions: [] };
  const { trigger, rest, otherStarts } = orderClauses(splitClauses(source));
  const steps = [
    triggerStep(compilation, trigger, rest),
    ...rest.flatMap((_, index) => stepsOf(compilation, rest, index)),
  ];
  for (const clause of otherStarts) {
    compilation.questions.push(
      `A workflow has one start, so “${clauseText(source, clause.tokens)}” became a condition. Should it be a workflow of its own?`,
    );
  }
  if (
    !steps.some(({ type }) => type === "action") &&
    !compilation.questions.some((question) => question.startsWith("I could not"))
  ) {
    compilation.questions.push("What should happen then, and in which app?");
  }
  return { steps, questions: [...new Set(compilation.questions)] };
}

function triggerStep(
  compilation: Compilation,
  trigger: Clause | undefined,
  rest: readonly Clause[],
): WorkflowStep {
  const { source, known, questions } = compilation;
  const clause = trigger ?? inferTrigger(rest);
  if (clause === undefined) {
    questions.push("What should start it: an event in an app, a form, a schedule, or you by hand?");
    return { type: "trigger", service: "manual", description: "Start it by hand" };
  }
  const description = clauseText(source, clause.tokens);
  if (clause.kind === "schedule") return { type: "trigger", service: "schedule", description };
  if (trigger === undefined)
    questions.push(`I took “${description}” as the start. Should it run for each new one?`);
  const placement = placeService(clause.tokens, "trigger", known);
  if (placement.kind === "placed") return { type: "trigger", service: placement.services[0], description };
  questions.push(questionAbout({ placement, description, tokens: clause.tokens, verb: "happen in" }));
  return { type: "trigger", description };
}

function stepsOf(compilation: Compilation, clauses: readonly Clause[], index: number): WorkflowStep[] {
  const clause = clauses[index];
  if (clause === undefined) return [];
  return clause.kind === "condition"
    ? [conditionStep(compilation, clauses, index)]
    : actionSteps(compilation, clause);
}

function conditionStep(
  { source, known }: Compilation,
  clauses: readonly Clause[],
  index: number,
): WorkflowStep {
  const tokens = clauses[index]?.tokens ?? [];
  const clause = clauses[index];
  const opposite = clauses.slice(0, index).findLast(({ kind }) => kind === "condition");
  const isOther = clause !== undefined && isElse(clause) && opposite !== undefined;
  const description =
    clauseText(source, tokens) + (isOther ? ` (not: ${clauseText(source, opposite.tokens)})` : "");
  const placement = placeService(tokens, "condition", known);
  return {
    type: "condition",
    ...(placement.kind === "placed" && { service: placement.services[0] }),
    description,
  };
}

function actionSteps({ source, known, questions }: Compilation, clause: Clause): WorkflowStep[] {
  const { tokens } = clause;
  const description = clauseText(source, tokens);
  const placement = placeService(tokens, "action", known);
  if (placement.kind === "placed") {
    const { services, mentions } = placement;
    if (mentions.length === 0) return [{ type: "action", service: services[0], description }];
    const [first, last] = [mentions[0]?.first ?? 0, mentions.at(-1)?.last ?? 0];
    return mentions.map((mention) => {
      const own = [
        ...tokens.slice(0, first),
        ...tokens.slice(mention.first, mention.last + 1),
        ...tokens.slice(last + 1),
      ];
      return { type: "action", service: mention.service.id, description: clauseText(source, own) };
    });
  }
  if (placement.kind === "none" && clause.kind === "phrase") {
    questions.push(`I could not tell what “${description}” should do. Which app, and which action?`);
    return [];
  }
  questions.push(questionAbout({ placement, description, tokens, verb: "use" }));
  return [{ type: "action", description }];
}

function questionAbout(clause: {
  readonly placement: Placement;
  readonly description: string;
  readonly tokens: readonly Token[];
  readonly verb: "use" | "happen in";
}): string {
  const { placement, description, tokens, verb } = clause;
  const helper = verb === "use" ? "should" : "does";
  const label = placement.kind === "open" ? categoryLabels[placement.categories[0] ?? "built_in"] : "app";
  const unknown = unknownName(tokens);
  const preface = unknown === undefined ? "" : `I do not know the app “${unknown}”. `;
  return `${preface}Which ${label} ${helper} “${description}” ${verb}?`;
}
