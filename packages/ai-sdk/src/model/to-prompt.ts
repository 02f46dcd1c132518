import type { JsonSchema, Prompt, ToolChoice, ToolDefinition } from "@levqor/core";
import type {
  GatewayModelFormat,
  GatewayModelOptions,
  GatewayModelTool,
  GatewayModelWarning,
} from "./gateway-model.js";
import { listWarnings } from "./list-warnings.js";
import { toMessages } from "./to-messages.js";

/** What the AI SDK asks, as a prompt, with what of it is not done. `maxOutputTokens` is the task's. */
export function toPrompt(
  options: GatewayModelOptions,
  { maxOutputTokens }: { readonly maxOutputTokens: number },
): { readonly prompt: Prompt; readonly warnings: GatewayModelWarning[] } {
  const { dropsReasoning, ...conversation } = toMessages(options.prompt);
  const tools = (options.tools ?? []).filter(({ type }) => type === "function").map(toTool);
  const prompt = {
    ...conversation,
    maxOutputTokens: options.maxOutputTokens,
    temperature: options.temperature,
    responseFormat: toFormat(options.responseFormat),
    ...(tools.length === 0 ? {} : { tools, toolChoice: toChoice(options.toolChoice) }),
  };
  return { prompt, warnings: listWarnings(options, { maxOutputTokens, dropsReasoning }) };
}

const toTool = ({ name, description, inputSchema }: GatewayModelTool): ToolDefinition => ({
  name,
  description,
  parameters: toSchema(inputSchema),
});

function toChoice(choice: GatewayModelOptions["toolChoice"]): ToolChoice {
  if (choice?.type === "tool" && choice.toolName !== undefined) return { name: choice.toolName };
  return choice?.type === "none" || choice?.type === "required" ? choice.type : "auto";
}

function toFormat(format: GatewayModelFormat | undefined): Prompt["responseFormat"] {
  if (format?.type !== "json") return undefined;
  const { name = "response", description } = format;
  const schema = toSchema(format.schema);
  return {
    name: name.replace(/[^\w-]/g, "_").slice(0, 64),
    schema: description === undefined ? schema : { description, ...schema },
  };
}

const toSchema = (schema: unknown): JsonSchema =>
  schema === undefined ? { type: "object" } : { ...(Object(schema) as JsonSchema) };
