import type { SearchItem } from "@levqor/core";
import { describedWorkflowPath } from "../site/src/described-workflow.js";
import { knowledgeFrom } from "./knowledge.js";
import type { LevqorFacts } from "./levqor-facts.js";
import { type WorkflowTemplate, workflowTemplates } from "./workflow-templates.js";

/** Something that Levqor's search finds and its recommendations name. */
export interface LevqorItem extends SearchItem {
  readonly title: string;
  readonly url: string;
  readonly type: "help article" | "plan" | "policy" | "template";
  readonly owner?: string;
  readonly status: "published" | "draft";
  /** Day of its last change, `YYYY-MM-DD`. */
  readonly date: string;
}

/** Everything that everybody may find: what the chat knows, from the same facts, and the workflow templates. */
export function searchItemsFrom(facts: LevqorFacts): LevqorItem[] {
  return [
    ...knowledgeFrom(facts).map((document) => ({ ...document, status: "published" }) as const),
    ...workflowTemplates.map((template) => templateItem(template, "published")),
  ];
}

/** A template as it is found; its address opens the builder with its sentence. */
export function templateItem(template: WorkflowTemplate, status: LevqorItem["status"]): LevqorItem {
  const { id, title, sentence, purpose, owner, date } = template;
  return {
    id,
    title,
    text: `${sentence} ${purpose}`,
    url: describedWorkflowPath(sentence),
    type: "template",
    owner,
    status,
    date,
  };
}
