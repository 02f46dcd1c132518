import type {
  ChatCompletionCreateParams,
  ChatCompletionMessageParam,
  ChatCompletionToolChoiceOption,
} from "openai/resources/chat/completions";
import type { Conversation, ProviderRequest, ToolChoice } from "./provider.js";

/** The body of a chat completion, but for its token limit, which servers name differently. */
export function toOpenAiBody(request: ProviderRequest): ChatCompletionCreateParams {
  const { model, prompt, temperature, responseFormat, tools = [], toolChoice = "auto" } = request;
  return {
    model,
    messages: toMessages(prompt),
    ...(isReasoningModel(model) ? {} : { temperature }),
    ...(responseFormat === undefined
      ? {}
      : {
          response_format: {
            type: "json_schema",
            json_schema: { ...responseFormat, schema: { ...responseFormat.schema } },
          },
        }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            type: "function",
            function: {
              name,
              ...(description === undefined ? {} : { description }),
              parameters: { ...parameters },
            },
          })),
          tool_choice: toChoice(toolChoice),
        }),
  };
}

/** Models that think first refuse a temperature. */
const isReasoningModel = (model: string) => /^(?:o\d|gpt-5)/.test(model);

const toChoice = (choice: ToolChoice): ChatCompletionToolChoiceOption =>
  typeof choice === "string" ? choice : { type: "function", function: { name: choice.name } };

function toMessages({ system, messages }: Conversation): ChatCompletionMessageParam[] {
  const sent = messages.map(toMessage);
  return system === undefined ? sent : [{ role: "system", content: system }, ...sent];
}

function toMessage(message: Conversation["messages"][number]): ChatCompletionMessageParam {
  if (message.role === "tool") {
    const content = message.isError ? `Error: ${message.content}` : message.content; // the wire has no mark for it
    return { role: "tool", tool_call_id: message.toolCallId, content };
  }
  if (!("toolCalls" in message) || message.toolCalls.length === 0) {
    return { role: message.role, content: message.content };
  }
  return {
    role: "assistant",
    content: message.content === "" ? null : message.content,
    tool_calls: message.toolCalls.map(({ id, name, arguments: text }) => ({
      id,
      type: "function",
      function: { name, arguments: text },
    })),
  };
}
