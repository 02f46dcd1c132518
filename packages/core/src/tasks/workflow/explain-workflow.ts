import { serviceById, serviceByLabel } from "../services/service-names.js";
import type { WorkflowContext, WorkflowStep } from "./workflow-schema.js";
import type { WrittenSteps } from "./write-steps.js";

const nameOf = (step: WorkflowStep) =>
  step.service === undefined ? undefined : serviceById(step.service)?.name;
const builtIn = (step: WorkflowStep) =>
  step.service === undefined || serviceById(step.service)?.category === "built_in";

/** Tells a user what a workflow does, as much as their experience asks for, and what is still open. */
export function explainWorkflow({ steps, questions }: WrittenSteps, context: WorkflowContext = {}): string {
  const open = questions.length === 0 ? "" : ` To finish it, tell me: ${questions.join(" ")}`;
  return tell(steps, context) + open;
}

function tell(steps: readonly WorkflowStep[], { experience_level, tools = [] }: WorkflowContext): string {
  if (experience_level === "beginner") return explainFully(steps, tools);
  return experience_level === "advanced" ? explainBriefly(steps) : explainPlainly(steps);
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

function explainFully(steps: readonly WorkflowStep[], tools: readonly string[]): string {
  const opening = {
    trigger: "The trigger starts it",
    condition: "A condition decides whether the steps after it run",
    action: "An action does the work",
  };
  const told = steps.map(
    (step, index) => `${index + 1}. ${opening[step.type]}${where(step)}: ${quoted(step)}.`,
  );
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
