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
  for (const message of prompt.messages) tokens += messageTokens(message, tokensOf) + tokensPerMessage;
  if (responseFormat !== undefined) tokens += tokensOf(jsonOf(responseFormat.schema));
  if (tools !== undefined) tokens += tokensBeforeTools + tokensOf(jsonOf(tools));
  return tokens;
}

function messageTokens(
  message: Conversation["messages"][number],
  tokensOf: (text: string) => number,
): number {
  const calls = "toolCalls" in message ? message.toolCalls : [];
  const resultOf = "toolCallId" in message ? message.toolCallId : "";
  return calls.reduce(
    (sum, call) => sum + tokensOf(call.id) + tokensOf(call.name) + tokensOf(call.arguments),
    tokensOf(message.content) + tokensOf(resultOf),
  );
}

/** A task's schema and a product's tools are the same objects at each call. */
function jsonOf(value: object): string {
  const text = jsonTexts.get(value) ?? JSON.stringify(value);
  jsonTexts.set(value, text);
  return text;
}
