import type { WorkflowStep } from "./workflow-schema.js";

const words = (text: string) => text.split(" ");

/** What models call the kinds of steps. */
const names: ReadonlyMap<string, WorkflowStep["type"]> = new Map([
  ...words("trigger triggers start starter event when source webhook schedule").map(
    (name) => [name, "trigger"] as const,
  ),
  ...words(
    "condition conditional filter if check branch router decision guard rule otherwise else switch unless",
  ).map((name) => [name, "condition"] as const),
  ...words(
    "action actions step task operation do then output send notification delay wait transform process",
  ).map((name) => [name, "action"] as const),
]);

/** The kind of step that a model meant; `undefined` when the word says nothing about it. */
export function repairStepType(written: string | null | undefined): WorkflowStep["type"] | undefined {
  const word = (written ?? "").toLowerCase().trim();
  const parts = word.split(/[^a-z]+/u);
  const kind = (["trigger", "condition", "action"] as const).find((name) => parts.includes(name));
  return names.get(word) ?? kind ?? names.get(parts[0] ?? "");
}
