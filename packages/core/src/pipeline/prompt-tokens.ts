import type { Conversation } from "../provider/provider.js";
import type { ModelRequest } from "./model-request.js";

const tokensPerMessage = 4; // role and separators, in the chat formats of today
/** What a vendor tells its model about tools before it names them: up to 530 tokens. */
const tokensBeforeTools = 530;
const jsonTexts = new WeakMap<object, string>();

/** Tokens of everything a request sends: instructions, messages, tools, the schema of the answer. `tokensOf` counts a text. */
export function countPromptTokens(
  { prompt, responseFormat, tools }: Pick<ModelRequest, "prompt" | "responseFormat" | "tools">,
  tokensOf: (text: string) => number,
): number {
  let tokens = tokensOf(prompt.system ?? "") + tokensPerMessage;
  tokens += countMessageTokens(prompt.messages, tokensOf);
  if (responseFormat !== undefined) tokens += tokensOf(jsonOf(responseFormat.schema));
  if (tools !== undefined) tokens += tokensBeforeTools + tokensOf(jsonOf(tools));
  return tokens;
}

/** Tokens of messages alone: texts, tool calls and what they gave back. */
export function countMessageTokens(
  messages: Conversation["messages"],
  tokensOf: (text: string) => number,
): number {
  let tokens = 0;
  for (const message of messages) {
    tokens += tokensOf(message.content) + tokensPerMessage;
    if ("toolCallId" in message) tokens += tokensOf(message.toolCallId);
    if (!("toolCalls" in message)) continue;
    for (const call of message.toolCalls)
      tokens += tokensOf(call.id) + tokensOf(call.name) + tokensOf(call.arguments);
  }
  return tokens;
}

/** A task's schema and a product's tools are the same objects at each call. */
function jsonOf(value: object): string {
  const text = jsonTexts.get(value) ?? JSON.stringify(value);
  jsonTexts.set(value, text);
  return text;
}
