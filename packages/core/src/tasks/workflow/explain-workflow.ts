import { serviceById, serviceByLabel } from "../services/service-names.js";
import type { WorkflowContext, WorkflowStep } from "./workflow-schema.js";
import type { WrittenSteps } from "./write-steps.js";

const nameOf = (step: WorkflowStep) =>
  step.service === undefined ? undefined : serviceById(step.service)?.name;
const builtIn = (step: WorkflowStep) =>
  step.service === undefined || serviceById(step.service)?.category === "built_in";

/** Tells a user what a workflow does, as much as their experience asks for, and what is still open. */
export function explainWorkflow({ steps, questions }: WrittenSteps, context: WorkflowContext = {}): string {
  if (questions.length === 0) return tell(steps, context);
  const opening = questions.length === 1 ? "One thing is open:" : "Still open:";
  return [tell(steps, context), opening, ...questions].join(" ");
}

function tell(steps: readonly WorkflowStep[], { experience_level, tools = [] }: WorkflowContext): string {
  if (experience_level === "beginner") return explainFully(steps, tools);
  return experience_level === "advanced" ? explainBriefly(steps) : explainPlainly(steps);
}

function explainBriefly(steps: readonly WorkflowStep[]): string {
  const names = steps.map(nameOf);
  const told = steps.map((step, index) => {
    if (step.type === "condition") return `[${step.description}]`;
    const name = names[index];
    // An app that does several things, or a schedule: its name alone would not tell them apart.
    const isVague = step.service === "schedule" || names.indexOf(name) !== names.lastIndexOf(name);
    return name === undefined || isVague ? step.description : name;
  });
  return `${told.join(" → ")}.`;
}

function explainPlainly(steps: readonly WorkflowStep[]): string {
  const opening = { trigger: "Starts", condition: "Checks", action: "Does" };
  return steps.map((step) => `${opening[step.type]}${where(step)}: ${quoted(step)}.`).join(" ");
}

/** What each kind of step is for, told once. */
const meanings = {
  trigger: "This is the trigger: it starts the workflow.",
  condition: "This is a condition: what comes after it only runs when it holds.",
  action: "This is an action: it does the work.",
} as const;

function explainFully(steps: readonly WorkflowStep[], tools: readonly string[]): string {
  const told = steps.map((step, index) => {
    const isNew = steps.findIndex(({ type }) => type === step.type) === index;
    return `${index + 1}. ${quoted(step)}${where(step)}.${isNew ? ` ${meanings[step.type]}` : ""}`;
  });
  const count = `${steps.length} ${steps.length === 1 ? "step" : "steps"}`;
  return `This workflow has ${count}. ${told.join(" ")}${whatToConnect(steps, tools)}`;
}

function whatToConnect(steps: readonly WorkflowStep[], tools: readonly string[]): string {
  const using = steps.filter((step) => !builtIn(step));
  if (using.length === 0) return "";
  const connected = new Set(tools.map((tool) => serviceByLabel(tool)?.id));
  const missing = using
    .filter(({ service }) => !connected.has(service))
    .flatMap((step) => nameOf(step) ?? []);
  return missing.length === 0
    ? " Test it once before you switch it on."
    : ` Connect ${listed([...new Set(missing)])} first, then test it once before you switch it on.`;
}

const where = (step: WorkflowStep) => (nameOf(step) === undefined ? "" : ` (${nameOf(step)})`);
const quoted = (step: WorkflowStep) => `“${step.description}”`;
const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
