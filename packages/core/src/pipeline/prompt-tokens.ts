import type { JsonSchema, Prompt } from "../provider/provider.js";

const tokensPerMessage = 4; // role and separators, in the chat formats of today
const schemaTexts = new WeakMap<JsonSchema, string>();

/** Tokens of everything a prompt sends: instructions, messages, the schema of the answer. `tokensOf` counts a text. */
export function countPromptTokens(
  { system = "", messages }: Prompt,
  schema: JsonSchema | undefined,
  tokensOf: (text: string) => number,
): number {
  let tokens = tokensOf(system) + tokensPerMessage;
  for (const { content } of messages) tokens += tokensOf(content) + tokensPerMessage;
  if (schema === undefined) return tokens;
  const schemaText = schemaTexts.get(schema) ?? JSON.stringify(schema);
  schemaTexts.set(schema, schemaText);
  return tokens + tokensOf(schemaText);
}
