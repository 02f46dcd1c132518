import type { Conversation, Prompt, ResponseFormat, ToolCall, ToolDefinition } from "../provider/provider.js";
import { type JsonString, jsonStrings, withJsonStrings } from "./json-strings.js";
import { schemaTexts, withSchemaTexts } from "./texts-of-schema.js";

/**
 * What of a prompt may hold something personal. Names of the tools that it offers, and of the format, do not: they are
 * the product's, and a placeholder in their place would break them.
 */
export interface Sayings {
  readonly system: string | undefined;
  readonly messages: readonly Said[];
  readonly tools: readonly { readonly description: string | undefined; readonly text: readonly string[] }[];
  readonly format: { readonly text: readonly string[] };
}

interface Said {
  readonly role: string;
  readonly content: string;
  /** Ids and tool names of earlier calls and results: what a model, or whoever sends them, made up. */
  readonly labels: readonly string[];
  readonly arguments: readonly Arguments[];
}

/**
 * A tool call's arguments. Of JSON each string and number by itself, so that a placeholder can't break it and nothing
 * else is changed; what is none is masked as text.
 */
type Arguments = readonly JsonString[] | string;

/** Takes a prompt apart. */
export const sayings = ({ system, messages, tools = [], responseFormat }: Prompt): Sayings => ({
  system,
  messages: messages.map((message) => {
    const calls = "toolCalls" in message ? message.toolCalls : [];
    return {
      role: message.role,
      content: message.content,
      labels: "toolCallId" in message ? [message.toolCallId] : calls.flatMap(({ id, name }) => [id, name]),
      arguments: calls.map((call) => jsonStrings(call.arguments) ?? call.arguments),
    };
  }),
  tools: tools.map(({ description, parameters }) => ({ description, text: schemaTexts(parameters) })),
  format: { text: responseFormat === undefined ? [] : schemaTexts(responseFormat.schema) },
});

/** Puts a prompt together again, of what was masked. `enclose` gets what tools gave back. */
export function withSayings(prompt: Prompt, said: Sayings, enclose: (text: string) => string): Prompt {
  const { toolChoice, maxOutputTokens, temperature, responseFormat } = prompt;
  return {
    system: said.system,
    messages: prompt.messages.map((message, index) => withSaid(message, said.messages[index], enclose)),
    tools: prompt.tools?.map((tool, index) => withTexts(tool, said.tools[index])),
    toolChoice,
    maxOutputTokens,
    temperature,
    responseFormat: responseFormat && withFormat(responseFormat, said.format),
  };
}

function withSaid(
  message: Conversation["messages"][number],
  said: Said | undefined,
  enclose: (text: string) => string,
): Conversation["messages"][number] {
  const { content = "", labels = [], arguments: args = [] } = said ?? {};
  if (message.role === "tool") {
    return { ...message, toolCallId: asLabel(labels[0], message.toolCallId), content: enclose(content) };
  }
  if (!("toolCalls" in message)) return { ...message, content };
  const toolCalls = message.toolCalls.map((call, at): ToolCall => {
    const masked = args[at] ?? "";
    return {
      id: asLabel(labels[2 * at], call.id),
      name: asLabel(labels[2 * at + 1], call.name),
      arguments: typeof masked === "string" ? masked : withJsonStrings(call.arguments, masked),
    };
  });
  return { ...message, content, toolCalls };
}

/** Vendors take letters, digits, `_` and `-` only; nobody restores a label, so it need not read as a placeholder. */
const asLabel = (masked = "", written: string): string =>
  masked === written ? written : masked.replace(/[^\w-]+/g, "_").slice(0, 64);

function withTexts(tool: ToolDefinition, said: Sayings["tools"][number] | undefined): ToolDefinition {
  if (said === undefined) return tool;
  const { description, text } = said;
  const parameters = withSchemaTexts(tool.parameters, text);
  return { ...tool, ...(description === undefined ? {} : { description }), parameters };
}

const withFormat = (format: ResponseFormat, { text }: Sayings["format"]): ResponseFormat => ({
  ...format,
  schema: withSchemaTexts(format.schema, text),
});
