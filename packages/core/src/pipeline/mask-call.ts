import type { Task, TaskContext } from "../define-task.js";
import { canaryLine } from "../output/guard/prompt-canary.js";
import type { Conversation, Prompt } from "../provider/provider.js";
import { fence, fenceNotice } from "../sanitize/fence.js";
import type { MaskedCall, PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";

/**
 * Builds the prompt and masks it together with the input, so that both share their placeholders. When some were
 * issued the model is told about them. What tools gave back is enclosed, and the instructions get their canary. A call
 * that only a local answer can serve needs no prompt and gets an empty one.
 */
export async function maskCall<Input>(masking: {
  readonly task: Pick<Task<string, unknown, Input>, "prompt">;
  readonly input: Input;
  readonly context: TaskContext;
  readonly call: Pick<PipelineCall, "mark" | "masking">;
  readonly services: Pick<Services, "masker" | "canary">;
  readonly needsPrompt: boolean;
}): Promise<MaskedCall<Input>> {
  const { task, input, context, call, services, needsPrompt } = masking;
  const { masker, canary } = services;
  const { mark, masking: about } = call;
  let isEnclosed = false;
  const enclose = (text: string, title?: string) => {
    isEnclosed = true;
    return fence(text, mark, title);
  };
  const prompt: Prompt = needsPrompt
    ? await task.prompt(input, { ...context, fence: enclose })
    : { messages: [] };
  const said = sayings(prompt);
  const { tenantId } = context.caller;
  const masked = await masker.mask({ input, said }, { ...about, tenantId, signal: context.signal });
  const sealed = withSayings(prompt, masked.value.said, enclose);
  const lines = [
    canary !== undefined && sealed.system ? canaryLine(canary) : undefined,
    sealed.system,
    isEnclosed ? fenceNotice(mark) : undefined,
    masked.notice,
  ].filter((line) => line !== undefined && line !== "");
  const told = lines.length === 0 ? sealed : { ...sealed, system: lines.join("\n") };
  return {
    value: { input: masked.value.input, prompt: told },
    counts: masked.counts,
    restore: (value) => masked.restore(value),
    restorer: () => masked.restorer(),
    restoreJson: (text) => masked.restoreJson(text),
    jsonRestorer: () => masked.jsonRestorer(),
  };
}

/** What of a prompt somebody said. Ids, tool names and schemas are not: a placeholder in their place would break them. */
interface Sayings {
  readonly system: string | undefined;
  readonly messages: readonly { readonly content: string; readonly arguments?: readonly unknown[] }[];
}

const sayings = ({ system, messages }: Prompt): Sayings => ({
  system,
  messages: messages.map((message) => ({
    content: message.content,
    ...("toolCalls" in message ? { arguments: message.toolCalls.map((call) => parsed(call.arguments)) } : {}),
  })),
});

function withSayings(prompt: Prompt, said: Sayings, enclose: (text: string) => string): Prompt {
  const messages: Conversation["messages"] = prompt.messages.map((message, index) => {
    const { content = "", arguments: args = [] } = said.messages[index] ?? {};
    if (message.role === "tool") return { ...message, content: enclose(content) };
    if (!("toolCalls" in message)) return { ...message, content };
    const toolCalls = message.toolCalls.map((call, at) => ({ ...call, arguments: written(args[at]) }));
    return { ...message, content, toolCalls };
  });
  return { ...prompt, system: said.system, messages };
}

/** Arguments are JSON: masked value by value, so that a placeholder can't break it. What is none is masked as text. */
function parsed(json: string): unknown {
  try {
    return { json: JSON.parse(json) as unknown };
  } catch {
    return json;
  }
}

const written = (args: unknown): string =>
  typeof args === "string" ? args : JSON.stringify(Object(args).json);
