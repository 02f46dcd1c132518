import { builtInNames } from "../services/built-in-names.js";
import { findServices } from "../services/find-services.js";
import { scanText } from "../services/scan-text.js";
import type { ServiceNames } from "../services/service-names.js";
import { shorten } from "../shorten.js";
import { isElseText } from "./clause-markers.js";
import { explainWorkflow } from "./explain-workflow.js";
import { type MeantServices, repairService } from "./repair-service.js";
import { repairStepType } from "./repair-step-type.js";
import type { WorkflowInput, WorkflowOutput, WorkflowStep } from "./workflow-schema.js";
import type { WrittenStep, WrittenWorkflow } from "./written-workflow.js";

/** What is being repaired: steps, and what the user has to be told about them. */
interface Repair {
  readonly steps: readonly WorkflowStep[];
  readonly notes: readonly string[];
}

const mostNotes = 3;
/** Built-in services that do nothing but start a workflow. */
const starters = new Set(["schedule", "webhook", "manual", "rss", "forms"]);

/**
 * Makes a workflow of what a model wrote, where it can be told what was meant: names become catalogue ids, the trigger
 * goes first, a second trigger becomes a condition, a condition goes before the one action that it can guard. Returns
 * `undefined` when a repair would be a guess: no trigger, an app that is in no catalogue and that the user did not
 * name, a condition that guards nothing.
 */
export function repairWorkflow(
  written: WrittenWorkflow,
  input: WorkflowInput,
  names: ServiceNames = builtInNames,
): WorkflowOutput | undefined {
  const { description, context } = input;
  const meant = {
    names,
    mentioned: findServices(scanText(description), names).map(({ service }) => service),
    connected: (context?.tools ?? []).flatMap((tool) => names.byLabel(tool) ?? []),
  };
  const parts = written.workflow.steps.map((step) => repairStep(step, description, meant));
  if (!parts.every((part) => part !== undefined)) return undefined;
  const typed = { steps: parts.flatMap((part) => part.steps), notes: parts.flatMap((part) => part.notes) };
  const repaired = oneTrigger(typed);
  const steps = repaired && guardingConditions(repaired.steps);
  if (repaired === undefined || steps === undefined) return undefined;
  const said = written.explanation?.trim() ?? "";
  const explanation = said === "" ? explainWorkflow({ steps, questions: [] }, context, names) : said;
  const notes = [...new Set(repaired.notes)].slice(0, mostNotes);
  return { workflow: { steps }, explanation: [explanation, ...notes].join(" ") };
}

function repairStep(written: WrittenStep, description: string, meant: MeantServices): Repair | undefined {
  const said = written.description?.trim() ?? "";
  const service = repairService(written.service, meant);
  // A step that says nothing was no step; one that only names an app may have meant anything.
  if (said === "") return service.kind === "none" ? { steps: [], notes: [] } : undefined;
  const type = repairStepType(written.type) ?? "action";
  if (service.kind === "service")
    return { steps: [{ type, service: service.id, description: said }], notes: [] };
  const step = { type, description: said };
  if (service.kind === "none" || type === "condition") return { steps: [step], notes: [] };
  const name = written.service?.trim() ?? "";
  if (!description.toLowerCase().includes(name.toLowerCase())) return undefined;
  return { steps: [step], notes: [`I do not know the app “${shorten(name, 80)}”. Which app should it be?`] };
}

function oneTrigger({ steps, notes }: Repair): Repair | undefined {
  const [opening, ...others] = steps;
  if (opening === undefined) return undefined;
  const start =
    steps.find(({ type }) => type === "trigger") ??
    (starters.has(opening.service ?? "") ? opening : undefined);
  if (start === undefined) return undefined;
  const rest = (start === opening ? others : steps.filter((step) => step !== start)).filter(
    (step) => step.type !== "trigger" || !isSame(step, start),
  );
  const further = rest.filter(({ type }) => type === "trigger");
  return {
    steps: [
      { ...start, type: "trigger" },
      ...rest.map((step): WorkflowStep => (step.type === "trigger" ? { ...step, type: "condition" } : step)),
    ],
    notes: [
      ...notes,
      ...further.map(
        (step) =>
          `A workflow has one start, so “${shorten(step.description, 80)}” became a condition. Should it be a workflow of its own?`,
      ),
    ],
  };
}

const isSame = (left: WorkflowStep, right: WorkflowStep) =>
  left.service === right.service && left.description.toLowerCase() === right.description.toLowerCase();

// A condition at the end can only mean the one action there is; before "otherwise" or one of several it is a guess.
function guardingConditions(steps: readonly WorkflowStep[]): readonly WorkflowStep[] | undefined {
  const end = steps.findLastIndex(({ type }) => type !== "condition") + 1;
  if (end === steps.length) return steps;
  const trailing = steps.slice(end);
  const actions = steps.filter(({ type }) => type === "action");
  const [start, ...guards] = steps.slice(0, end - 1);
  const [action] = actions;
  if (actions.length !== 1 || action === undefined || start === undefined) return undefined;
  if (trailing.some(({ description }) => isElseText(description))) return undefined;
  return [start, ...guards, ...trailing, action];
}
