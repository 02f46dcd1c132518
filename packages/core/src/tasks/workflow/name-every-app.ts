import { mentionsIn } from "../services/mentions-in.js";
import { appPhrase } from "./app-phrase.js";
import { type Clause, clauseText } from "./clause.js";
import { isSource } from "./is-source.js";
import { prepositionScore } from "./preposition-score.js";
import type { Described, WrittenSteps } from "./write-steps.js";
import type { WorkflowStep } from "./workflow-schema.js";

/**
 * An action names more apps than the one where its work is done: "Copy rows from Airtable to Notion". Each of them gets
 * a step in its own words, before the action when things come from there. A model ("with GPT") is how the action is
 * done, and no step.
 */
export function nameEveryApp(
  { source, known }: Described,
  clauses: readonly Clause[],
  written: readonly WrittenSteps[],
): WrittenSteps[] {
  const [, ...parts] = written;
  const taken = new Set(written.flatMap(({ steps }) => steps.flatMap(({ service }) => service ?? [])));
  const completed = parts.map((part, index): WrittenSteps => {
    const clause = clauses[index];
    if (clause === undefined || (clause.kind !== "action" && clause.kind !== "phrase")) return part;
    const { tokens } = clause;
    const mentions = mentionsIn(tokens, known.starts);
    const before: WorkflowStep[] = [];
    const after: WorkflowStep[] = [];
    for (const mention of mentions) {
      const { id, category } = mention.service;
      if (taken.has(id) || category === "ai" || category === "built_in") continue;
      taken.add(id);
      const comesFrom = isSource(tokens, mention) || prepositionScore(tokens, mention.first, "action") < 0;
      const description = clauseText(source, appPhrase(tokens, mention, mentions));
      (comesFrom || isBeforePlaced(part, mention.first, mentions) ? before : after).push({
        type: "action",
        service: id,
        description,
      });
    }
    return { steps: [...before, ...part.steps, ...after], questions: part.questions };
  });
  return [...written.slice(0, 1), ...completed];
}

function isBeforePlaced(
  { steps }: WrittenSteps,
  first: number,
  mentions: readonly { readonly first: number; readonly service: { readonly id: string } }[],
): boolean {
  const placed = mentions.find(({ service }) => steps.some((step) => step.service === service.id));
  return placed !== undefined && first < placed.first;
}
