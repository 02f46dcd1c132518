import type {
  ContentBlockParam,
  MessageCreateParamsNonStreaming,
  MessageParam,
  Tool,
  ToolChoice,
  ToolResultBlockParam,
} from "@anthropic-ai/sdk/resources/messages";
import {
  type Conversation,
  GatewayError,
  type JsonSchema,
  type ProviderRequest,
  toolInput,
} from "@levqor/core";

/** A request as Anthropic's wire has it. */
export interface AnthropicRequest {
  readonly body: MessageCreateParamsNonStreaming;
  /** Name of the tool whose input is the reply; absent when plain text is asked for. */
  readonly replyTool: string | undefined;
}

/** The body of a message request. A temperature is not sent: newer models refuse one. */
export function toAnthropicRequest(request: ProviderRequest): AnthropicRequest {
  const { model, prompt, maxOutputTokens, responseFormat } = request;
  const replyTool = responseFormat === undefined ? undefined : `reply_as_${responseFormat.name}`;
  const tools = (request.tools ?? []).map(({ name, description, parameters }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: toObjectSchema(parameters),
  }));
  if (replyTool !== undefined && responseFormat !== undefined) {
    const description = "Gives the final answer. Its input is the whole answer.";
    tools.push({ name: replyTool, description, input_schema: toObjectSchema(responseFormat.schema) });
  }
  return {
    body: {
      model,
      max_tokens: maxOutputTokens,
      messages: toMessages(prompt.messages),
      ...(prompt.system === undefined ? {} : { system: prompt.system }),
      ...(tools.length === 0 ? {} : { tools, tool_choice: toChoice(request, replyTool) }),
    },
    replyTool,
  };
}

function toObjectSchema(schema: JsonSchema): Tool.InputSchema {
  if (schema["type"] === "object") return { ...schema, type: "object" };
  throw new GatewayError("provider_rejected", "Anthropic's tools and structured replies take objects only.");
}

/** A structured reply is a forced call; with tools beside it the model chooses, but must call one. */
function toChoice(
  { tools = [], toolChoice = "auto" }: ProviderRequest,
  replyTool: string | undefined,
): ToolChoice {
  if (replyTool !== undefined && (tools.length === 0 || toolChoice === "none")) {
    return { type: "tool", name: replyTool };
  }
  if (typeof toolChoice === "object") return { type: "tool", name: toolChoice.name };
  if (replyTool !== undefined || toolChoice === "required") return { type: "any" };
  return { type: toolChoice };
}

/** The results of one turn's calls are one message of the user. */
function toMessages(messages: Conversation["messages"]): MessageParam[] {
  const sent: MessageParam[] = [];
  let results: ToolResultBlockParam[] | undefined;
  for (const message of messages) {
    if (message.role !== "tool") {
      results = undefined;
      sent.push({ role: message.role, content: toContent(message) });
      continue;
    }
    if (results === undefined) {
      results = [];
      sent.push({ role: "user", content: results });
    }
    const { toolCallId, content, isError = false } = message;
    results.push({ type: "tool_result", tool_use_id: toolCallId, content, is_error: isError });
  }
  return sent;
}

type Turn = Exclude<Conversation["messages"][number], { role: "tool" }>;

function toContent(message: Turn): MessageParam["content"] {
  if (!("toolCalls" in message) || message.toolCalls.length === 0) return message.content;
  const calls: ContentBlockParam[] = message.toolCalls.map(({ id, name, arguments: text }) => ({
    type: "tool_use",
    id,
    name,
    input: toolInput(text),
  }));
  return message.content === "" ? calls : [{ type: "text", text: message.content }, ...calls];
}
