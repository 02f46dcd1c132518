import type { ServiceNames } from "../services/service-names.js";
import { clauseText } from "./clause.js";
import type { InferredStart } from "./infer-trigger.js";
import { type Described, type WrittenSteps, writeTrigger } from "./write-steps.js";

/** What the trigger is called when no word of the description says it. */
const wordings: ReadonlyMap<string, string> = new Map([
  ["schedule", "On a schedule"],
  ["forms", "When the form is submitted"],
  ["webhook", "When the webhook is called"],
]);

/** The first step of a description that names no start outright. A start that was assumed is said to be one. */
export function writeStart(described: Described, start: InferredStart): WrittenSteps {
  const { service, tokens, isAssumed } = start;
  if (service === undefined) return writeTrigger(described, start);
  const description =
    tokens.length === 0 ? (wordings.get(service) ?? "Start") : clauseText(described.source, tokens);
  const questions = isAssumed ? [askAboutAssumed(service, described.known.names)] : [];
  return { steps: [{ type: "trigger", service, description }], questions };
}

function askAboutAssumed(service: string, names: ServiceNames): string {
  const other = "an event in an app, a form, a schedule, or you by hand?";
  if (service === "schedule")
    return `I assumed that it runs on a schedule. When should it run, or what should start it instead: ${other}`;
  const name = names.byId(service)?.name ?? service;
  return `I assumed that ${name} starts it. Is that right, or what should start it: ${other}`;
}
