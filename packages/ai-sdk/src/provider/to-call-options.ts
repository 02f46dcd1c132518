import {
  type Conversation,
  GatewayError,
  type ProviderRequest,
  type ToolChoice,
  toolInput,
} from "@levqor/core";
import type { AiSdkCallOptions, AiSdkMessage, AiSdkTool, AiSdkToolResultPart } from "./ai-sdk-model.js";

type SentOptions = Omit<AiSdkCallOptions, "abortSignal" | "providerOptions">;
type SentSchema = AiSdkTool["inputSchema"];

/** A request as the AI SDK has it. Specifications V2, V3 and V4 do not differ in what is sent here. */
export function toCallOptions(request: ProviderRequest): SentOptions {
  const { prompt, maxOutputTokens, temperature, responseFormat, tools = [], toolChoice = "auto" } = request;
  return {
    prompt: toMessages(prompt),
    maxOutputTokens,
    temperature,
    ...(responseFormat === undefined
      ? {}
      : {
          responseFormat: {
            type: "json",
            name: responseFormat.name,
            schema: responseFormat.schema as SentSchema, // as: its values are unknown to us
          },
        }),
    ...(tools.length === 0 ? {} : { tools: tools.map(toTool), toolChoice: toChoice(toolChoice) }),
  };
}

const toTool = (tool: NonNullable<ProviderRequest["tools"]>[number]): AiSdkTool => ({
  type: "function",
  name: tool.name,
  ...(tool.description === undefined ? {} : { description: tool.description }),
  inputSchema: tool.parameters as SentSchema, // as: its values are unknown to us
});

const toChoice = (choice: ToolChoice): NonNullable<SentOptions["toolChoice"]> =>
  typeof choice === "string" ? { type: choice } : { type: "tool", toolName: choice.name };

/** The results of one turn's calls are one message. */
function toMessages({ system, messages }: Conversation): AiSdkMessage[] {
  const sent: AiSdkMessage[] = system === undefined ? [] : [{ role: "system", content: system }];
  const names = new Map<string, string>();
  let results: AiSdkToolResultPart[] | undefined;
  for (const message of messages) {
    if (message.role === "tool") {
      if (results === undefined) {
        results = [];
        sent.push({ role: "tool", content: results });
      }
      results.push(toResult(message, names.get(message.toolCallId)));
      continue;
    }
    results = undefined;
    if (message.role === "user") {
      sent.push({ role: "user", content: [{ type: "text", text: message.content }] });
      continue;
    }
    const calls = "toolCalls" in message ? message.toolCalls : [];
    for (const { id, name } of calls) names.set(id, name);
    const text = { type: "text" as const, text: message.content };
    sent.push({
      role: "assistant",
      content: [
        ...(message.content === "" && calls.length > 0 ? [] : [text]),
        ...calls.map(({ id, name, arguments: written }) => ({
          type: "tool-call" as const,
          toolCallId: id,
          toolName: name,
          input: toolInput(written),
        })),
      ],
    });
  }
  return sent;
}

type ToolResult = Extract<Conversation["messages"][number], { role: "tool" }>;

function toResult(
  { toolCallId, content, isError = false }: ToolResult,
  toolName: string | undefined,
): AiSdkToolResultPart {
  if (toolName === undefined) {
    throw new GatewayError("provider_rejected", "A tool's result belongs to no call of the conversation.");
  }
  const output = { type: isError ? ("error-text" as const) : ("text" as const), value: content };
  return { type: "tool-result", toolCallId, toolName, output };
}
