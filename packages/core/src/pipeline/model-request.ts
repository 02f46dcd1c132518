import type { Task } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { Prompt, ProviderRequest } from "../provider/provider.js";

/** What a model is asked, whichever model it is. Everything in it is masked. */
export type ModelRequest = Omit<ProviderRequest, "model" | "incremental">;

/** What of a task decides what a model is asked. */
export type AskingTask = Pick<
  Task,
  "name" | "textField" | "toolCallsField" | "outputJsonSchema" | "maxOutputTokens" | "temperature"
>;

/**
 * Puts a prompt and its task together: a prompt may ask for less than its task allows, for another temperature, for
 * JSON as its text, and offer tools.
 *
 * @throws `internal` when it offers tools and the task has no field for their calls
 */
export function modelRequest(task: AskingTask, masked: Prompt): ModelRequest {
  const { system, messages, tools, toolChoice, responseFormat } = masked;
  const { temperature = task.temperature, maxOutputTokens = task.maxOutputTokens } = masked;
  const offersTools = tools !== undefined && tools.length > 0;
  if (offersTools && task.toolCallsField === undefined) {
    const message = `The prompt of task "${task.name}" offers tools, but the task has no \`toolCallsField\`.`;
    throw new GatewayError("internal", message);
  }
  const { name, outputJsonSchema: schema } = task;
  return {
    prompt: { system, messages },
    maxOutputTokens: Math.min(maxOutputTokens, task.maxOutputTokens),
    temperature,
    responseFormat: schema === undefined ? responseFormat : { name, schema },
    tools: offersTools ? tools : undefined,
    toolChoice: offersTools ? toolChoice : undefined,
  };
}
