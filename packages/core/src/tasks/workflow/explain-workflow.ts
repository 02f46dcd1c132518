import { builtInNames } from "../services/built-in-names.js";
import type { ServiceNames } from "../services/service-names.js";
import type { WorkflowContext, WorkflowStep } from "./workflow-schema.js";
import type { WrittenSteps } from "./write-steps.js";

interface NamedStep extends WorkflowStep {
  /** The service's name, as people write it. */
  readonly name: string | undefined;
  /** Whether there is nothing to connect. */
  readonly isBuiltIn: boolean;
}

/** Tells a user what a workflow does, as much as their experience asks for, and what is still open. */
export function explainWorkflow(
  { steps, questions }: WrittenSteps,
  context: WorkflowContext = {},
  names: ServiceNames = builtInNames,
): string {
  const told = tell(steps, context, names);
  if (questions.length === 0) return told;
  const opening = questions.length === 1 ? "One thing is open:" : "Still open:";
  return [told, opening, ...questions].join(" ");
}

function tell(steps: readonly WorkflowStep[], context: WorkflowContext, names: ServiceNames): string {
  const { experience_level, tools = [] } = context;
  const named = steps.map((step) => namedStep(step, names));
  if (experience_level === "advanced") return explainBriefly(named);
  if (experience_level !== "beginner") return explainPlainly(named);
  return explainFully(named, new Set(tools.map((tool) => names.byLabel(tool)?.id)));
}

function namedStep(step: WorkflowStep, names: ServiceNames): NamedStep {
  const service = step.service === undefined ? undefined : names.byId(step.service);
  const isBuiltIn = step.service === undefined || service?.category === "built_in";
  return { ...step, name: service?.name, isBuiltIn };
}

function explainBriefly(steps: readonly NamedStep[]): string {
  const names = steps.map(({ name }) => name);
  const told = steps.map((step) => {
    const { name } = step;
    if (step.type === "condition") return `[${step.description}]`;
    // An app that does several things, or a schedule: its name alone would not tell them apart.
    const isVague = step.service === "schedule" || names.indexOf(name) !== names.lastIndexOf(name);
    return name === undefined || isVague ? step.description : name;
  });
  return `${told.join(" → ")}.`;
}

function explainPlainly(steps: readonly NamedStep[]): string {
  const opening = { trigger: "Starts", condition: "Checks", action: "Does" };
  return steps.map((step) => `${opening[step.type]}${where(step)}: ${quoted(step)}.`).join(" ");
}

/** What each kind of step is for, told once. */
const meanings = {
  trigger: "This is the trigger: it starts the workflow.",
  condition: "This is a condition: what comes after it only runs when it holds.",
  action: "This is an action: it does the work.",
} as const;

function explainFully(steps: readonly NamedStep[], connected: ReadonlySet<string | undefined>): string {
  const told = steps.map((step, index) => {
    const isNew = steps.findIndex(({ type }) => type === step.type) === index;
    return `${index + 1}. ${quoted(step)}${where(step)}.${isNew ? ` ${meanings[step.type]}` : ""}`;
  });
  const count = `${steps.length} ${steps.length === 1 ? "step" : "steps"}`;
  return `This workflow has ${count}. ${told.join(" ")}${whatToConnect(steps, connected)}`;
}

function whatToConnect(steps: readonly NamedStep[], connected: ReadonlySet<string | undefined>): string {
  const using = steps.filter(({ isBuiltIn }) => !isBuiltIn);
  if (using.length === 0) return "";
  const missing = using.filter(({ service }) => !connected.has(service)).flatMap(({ name }) => name ?? []);
  return missing.length === 0
    ? " Test it once before you switch it on."
    : ` Connect ${listed([...new Set(missing)])} first, then test it once before you switch it on.`;
}

const where = ({ name }: NamedStep) => (name === undefined ? "" : ` (${name})`);
const quoted = (step: WorkflowStep) => `“${step.description}”`;
const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
