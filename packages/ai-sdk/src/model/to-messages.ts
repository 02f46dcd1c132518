import { type Conversation, GatewayError, type ToolCall, type ToolResultMessage } from "@levqor/core";
import type { GatewayModelMessage, GatewayModelPart, GatewayModelToolOutput } from "./gateway-model.js";

/** A conversation, and whether reasoning of earlier turns was left out. */
export interface ReadConversation extends Conversation {
  readonly dropsReasoning: boolean;
}

/**
 * Reads the AI SDK's messages.
 *
 * @throws `invalid_input` that names the place, for content that the gateway can't pass on: files, images, approvals
 */
export function toMessages(prompt: readonly GatewayModelMessage[]): ReadConversation {
  const system: string[] = [];
  const messages: Conversation["messages"][number][] = [];
  let dropsReasoning = false;
  for (const [index, { role, content }] of prompt.entries()) {
    if (typeof content === "string") {
      if (role === "system") system.push(content);
      else messages.push({ role: role === "user" ? "user" : "assistant", content });
      continue;
    }
    const read = readParts(content, `prompt[${index}]`);
    dropsReasoning ||= read.dropsReasoning;
    if (role === "user") messages.push({ role, content: read.texts.join("\n") });
    if (role === "assistant") {
      const turn = { role, content: read.texts.join("") };
      messages.push(read.toolCalls.length === 0 ? turn : { ...turn, toolCalls: read.toolCalls });
    }
    messages.push(...read.results); // also in an assistant's turn: of tools that ran at a vendor
  }
  return { ...(system.length === 0 ? {} : { system: system.join("\n\n") }), messages, dropsReasoning };
}

interface ReadParts {
  readonly texts: string[];
  readonly toolCalls: ToolCall[];
  readonly results: ToolResultMessage[];
  dropsReasoning: boolean;
}

function readParts(parts: readonly GatewayModelPart[], path: string): ReadParts {
  const read: ReadParts = { texts: [], toolCalls: [], results: [], dropsReasoning: false };
  for (const [index, part] of parts.entries()) {
    const { type, text = "", toolCallId = "", toolName = "", input } = part;
    if (type === "text") read.texts.push(text);
    else if (type === "reasoning") read.dropsReasoning = true;
    else if (type === "tool-call") {
      read.toolCalls.push({ id: toolCallId, name: toolName, arguments: JSON.stringify(input ?? {}) });
    } else if (type === "tool-result") {
      const result = readOutput(part.output, `${path}.content[${index}].output`);
      read.results.push({ role: "tool", toolCallId, ...result });
    } else throw unsupported(type, `${path}.content[${index}]`);
  }
  return read;
}

type Output = Pick<ToolResultMessage, "content" | "isError">;

function readOutput(output: GatewayModelToolOutput | undefined, path: string): Output {
  const { type, value, reason } = output ?? { type: "json" };
  switch (type) {
    case "text":
      return { content: String(value) };
    case "json":
      return { content: JSON.stringify(value ?? null) };
    case "error-text":
      return { content: String(value), isError: true };
    case "error-json":
      return { content: JSON.stringify(value ?? null), isError: true };
    case "execution-denied":
      return { content: reason ?? "The user denied that the tool is run.", isError: true };
    case "content":
      return { content: textsOf(value, path).join("\n") };
    default:
      throw unsupported(type, path);
  }
}

const textsOf = (value: unknown, path: string): string[] =>
  (Array.isArray(value) ? value : []).map((item: unknown, index) => {
    const { type, text } = Object(item) as { readonly type?: unknown; readonly text?: unknown };
    if (type === "text" && typeof text === "string") return text;
    throw unsupported(String(type), `${path}.value[${index}]`);
  });

function unsupported(type: string, path: string): GatewayError<"invalid_input"> {
  const message = `A part of the type "${type}" can't be sent: the gateway takes text and tool calls.`;
  return new GatewayError("invalid_input", `${path}: ${message}`, {
    details: { issues: [{ path, message }] },
  });
}
