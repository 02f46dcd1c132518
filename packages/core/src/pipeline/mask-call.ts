import type { Task, TaskContext } from "../define-task.js";
import { canaryLine } from "../output/guard/prompt-canary.js";
import type { Conversation, Prompt } from "../provider/provider.js";
import { fence, fenceNotice } from "../sanitize/fence.js";
import { type JsonString, jsonStrings, withJsonStrings } from "./json-strings.js";
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
  const isPrompt = Object.is(input, prompt); // a conversation: what was said in it is masked once
  const rest = isPrompt ? { ...input, system: undefined, messages: [] } : input;
  const { tenantId } = context.caller;
  const masked = await masker.mask(
    { input: rest, said: sayings(prompt) },
    { ...about, tenantId, signal: context.signal },
  );
  const sealed = withSayings(prompt, masked.value.said, enclose);
  const { system, messages } = sealed;
  const lines = [
    canary !== undefined && system ? canaryLine(canary) : undefined,
    system,
    isEnclosed ? fenceNotice(mark) : undefined,
    masked.notice,
  ].filter((line) => line !== undefined && line !== "");
  const told = lines.length === 0 ? sealed : { ...sealed, system: lines.join("\n") };
  return {
    value: {
      input: isPrompt ? { ...masked.value.input, system, messages } : masked.value.input,
      prompt: told,
    },
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
  readonly messages: readonly { readonly content: string; readonly arguments?: readonly Arguments[] }[];
}

/**
 * A tool call's arguments. Of JSON each string by itself, so that a placeholder can't break it and nothing else is
 * changed; what is none is masked as text.
 */
type Arguments = readonly JsonString[] | string;

const sayings = ({ system, messages }: Prompt): Sayings => ({
  system,
  messages: messages.map((message) => ({
    content: message.content,
    ...("toolCalls" in message
      ? { arguments: message.toolCalls.map((call) => jsonStrings(call.arguments) ?? call.arguments) }
      : {}),
  })),
});

function withSayings(prompt: Prompt, said: Sayings, enclose: (text: string) => string): Prompt {
  const messages: Conversation["messages"] = prompt.messages.map((message, index) => {
    const { content = "", arguments: args = [] } = said.messages[index] ?? {};
    if (message.role === "tool") return { ...message, content: enclose(content) };
    if (!("toolCalls" in message)) return { ...message, content };
    const toolCalls = message.toolCalls.map((call, at) => {
      const { [at]: masked = "" } = args;
      const written = typeof masked === "string" ? masked : withJsonStrings(call.arguments, masked);
      return { ...call, arguments: written };
    });
    return { ...message, content, toolCalls };
  });
  return { ...prompt, system: said.system, messages };
}
