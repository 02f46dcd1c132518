import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task } from "../../define-task.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { accessProblems } from "../../search/check-documents.js";
import { textDigest } from "../text-digest.js";
import { chatAnswer } from "./chat-answer.js";
import { createChatKnowledge } from "./chat-knowledge.js";
import { chatPrompt } from "./chat-prompt.js";
import { type ChatInput, type ChatOutput, chatInputSchema, chatOutputSchema } from "./chat-schema.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import { knowledgeFromMarkdown } from "./knowledge-from-markdown.js";
import type { PageHint } from "./page-hint.js";

/** Options of {@link chatTask}. */
export interface ChatTaskOptions {
  /**
   * The product's facts: documents, or Markdown texts, of which each heading becomes a document.
   *
   * @default a few documents about workflows, tools and errors in general
   */
  readonly knowledge?: readonly (KnowledgeDocument | string)[] | undefined;
  /** Page name → what users ask about there. @default dashboard, pricing, trial, workflows, debug; yours are added */
  readonly pages?: Readonly<Record<string, string | PageHint>> | undefined;
  /** The product's name. @default unnamed */
  readonly product?: string | undefined;
  /** Who may run it. @default "anyone": visitors of the pricing page have questions too */
  readonly allow?: AccessRule | undefined;
}

/**
 * Answers a user's question. With a model the best matching documents go into the prompt; without one the answer is
 * composed from them.
 *
 * @throws `invalid_config` when a document has no title or no text, or a Markdown text says nothing.
 * @example
 * chatTask({
 *   product: "Levqor",
 *   knowledge: [{ title: "Trial", text: "The trial lasts 7 days.", pages: ["pricing", "trial"] }],
 *   pages: { trial: "Be exact about what is charged and when." },
 * });
 */
export function chatTask(options: ChatTaskOptions = {}): Task<"chat", ChatInput, ChatInput, ChatOutput> {
  const { pages = {}, product, allow = "anyone" } = options;
  const knowledge = readKnowledge(options.knowledge ?? []);
  const known = createChatKnowledge({ knowledge, pages, product });
  return defineTask({
    name: "chat",
    version: `1.${textDigest(JSON.stringify([knowledge, pages, product]))}`,
    input: chatInputSchema(),
    output: chatOutputSchema(),
    textField: "reply",
    allow,
    // A cache knows tenants and roles, not users: what only some users may read is answered to the very same prompt only.
    similarBy: knowledge.some(({ access }) => access?.users !== undefined) ? undefined : "message",
    prompt: (input, context) => chatPrompt(known, input, context),
    local: (input, { caller }) => chatAnswer(known, input, caller),
  });
}

function readKnowledge(knowledge: readonly (KnowledgeDocument | string)[]): KnowledgeDocument[] {
  const problems = knowledge.flatMap((item: unknown, index) =>
    problemsOf(item).map((problem) => `knowledge[${index}]${problem}`),
  );
  if (problems.length > 0) throw invalidConfig("Chat task", problems);
  return knowledge.flatMap((item) => (typeof item === "string" ? knowledgeFromMarkdown(item) : [item]));
}

/** Wrong access lists could open a document, so programs without types are told. */
function problemsOf(item: unknown): string[] {
  const { title, text } = typeof item === "string" ? { title: item, text: item } : readTexts(item);
  if (title.trim() === "" || text.trim() === "") return [": give it a title and a text"];
  return typeof item === "string" ? [] : accessProblems(item);
}

function readTexts(item: unknown): { readonly title: string; readonly text: string } {
  const textOf = (name: string): string => {
    const value: unknown = typeof item === "object" && item !== null ? Reflect.get(item, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { title: textOf("title"), text: textOf("text") };
}
