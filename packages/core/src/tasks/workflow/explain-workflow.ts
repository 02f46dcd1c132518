import { serviceById } from "../services/service-names.js";
import type { WorkflowContext, WorkflowStep } from "./workflow-schema.js";
import type { WrittenSteps } from "./write-steps.js";

const nameOf = (step: WorkflowStep) =>
  step.service === undefined ? undefined : serviceById(step.service)?.name;
const builtIn = (step: WorkflowStep) =>
  step.service === undefined || serviceById(step.service)?.category === "built_in";

/** Tells a user what a workflow does, as much as their experience asks for, and what is still open. */
export function explainWorkflow({ steps, questions }: WrittenSteps, context: WorkflowContext = {}): string {
  const explain = { beginner: explainFully, advanced: explainBriefly };
  const told =
    context.experience_level === undefined ? explainPlainly(steps) : explain[context.experience_level](steps);
  const open =
    questions.length === 0
      ? ""
      : ` ${questions.length === 1 ? "To finish it, tell me:" : "To finish it, tell me:"} ${questions.join(" ")}`;
  return told + open;
}

function explainBriefly(steps: readonly WorkflowStep[]): string {
  return `${steps.map((step) => (step.type === "condition" ? `[${step.description}]` : (nameOf(step) ?? step.description))).join(" → ")}.`;
}

function explainPlainly(steps: readonly WorkflowStep[]): string {
  const sentences = steps.map(
    (step) =>
      `${{ trigger: "Starts", condition: "Checks", action: "Does" }[step.type]}${where(step)}: ${quoted(step)}.`,
  );
  return sentences.join(" ");
}

function explainFully(steps: readonly WorkflowStep[]): string {
  const opening = {
    trigger: "The trigger starts it",
    condition: "A condition decides whether the steps after it run",
    action: "An action does the work",
  };
  const told = steps.map(
    (step, index) => `${index + 1}. ${opening[step.type]}${where(step)}: ${quoted(step)}.`,
  );
  const apps = [...new Set(steps.filter((step) => !builtIn(step)).flatMap((step) => nameOf(step) ?? []))];
  const connect =
    apps.length === 0 ? "" : ` Connect ${listed(apps)} first, then test it once before you switch it on.`;
  return `This workflow has ${steps.length} ${steps.length === 1 ? "step" : "steps"}. ${told.join(" ")}${connect}`;
}

const where = (step: WorkflowStep) => (nameOf(step) === undefined ? "" : ` (${nameOf(step)})`);
const quoted = (step: WorkflowStep) => `“${step.description}”`;
const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
