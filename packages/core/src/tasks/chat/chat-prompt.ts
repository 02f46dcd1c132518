import type { PromptContext } from "../../define-task.js";
import type { Prompt } from "../../provider/provider.js";
import { questionOf } from "./chat-answer.js";
import type { ChatKnowledge } from "./chat-knowledge.js";
import type { ChatInput } from "./chat-schema.js";

const mostDocuments = 3;
const mostCharacters = 1200;
const mostEarlier = 8;

/** What a model is asked: short instructions, the page's hint and the documents that fit best. */
export function chatPrompt(
  knowledge: ChatKnowledge,
  input: ChatInput,
  { caller, fence }: PromptContext,
): Prompt {
  const { page, user_role: role } = input.context ?? {};
  const found = knowledge.index.search(questionOf(input, caller)).slice(0, mostDocuments);
  const system = [
    `You are the help assistant of ${knowledge.product ?? "a software product"}. Answer the user's question in at most 120 words.`,
    "Take facts about the product (prices, limits, policies) only from the documents below and name the title you used. If they do not say, say so and ask what is meant.",
    page === undefined
      ? ""
      : (knowledge.pages.get(page)?.hint ?? (isLabel(page) ? `The user is on the page “${page}”.` : "")),
    role !== undefined && isLabel(role) ? `The user's role: ${role}.` : "",
    ...found.map(({ document: { title, text } }) => fence(excerpt(text), title)),
  ];
  return {
    system: system.filter((line) => line !== "").join("\n"),
    messages: [...(input.messages ?? []).slice(-mostEarlier), { role: "user", content: input.message }],
  };
}

// Page and role come from the caller; only a plain label gets into the instructions.
const isLabel = (text: string) => /^[\p{L}\p{N}][\p{L}\p{N} _/-]{0,39}$/u.test(text);

const excerpt = (text: string) =>
  text.length <= mostCharacters ? text : `${text.slice(0, text.lastIndexOf(" ", mostCharacters))} …`;
