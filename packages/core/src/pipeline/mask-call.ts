import type { Task, TaskContext } from "../define-task.js";
import { canaryLine } from "../output/guard/prompt-canary.js";
import type { Prompt } from "../provider/provider.js";
import { fence, fenceNotice } from "../sanitize/fence.js";
import { type AskingTask, modelRequest } from "./model-request.js";
import type { MaskedCall, PipelineCall } from "./pipeline-call.js";
import { sayings, withSayings } from "./sayings.js";
import type { Services } from "./services.js";

/**
 * Builds the prompt and masks it together with the input, so that both share their placeholders. When some were
 * issued the model is told about them. What tools gave back is enclosed, and the instructions get their canary. A call
 * that only a local answer can serve needs no prompt and gets an empty one.
 */
export async function maskCall<Input>(masking: {
  readonly task: Pick<Task<string, unknown, Input>, "prompt"> & AskingTask;
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
    ? await task.prompt(input, { fence: enclose, ...context })
    : { messages: [] };
  const isPrompt = Object.is(input, prompt); // a conversation: what was said in it is masked once
  const rest = isPrompt ? { ...input, ...nothingSaid } : input;
  const { tenantId } = context.caller;
  const masked = await masker.mask(
    { input: rest, said: sayings(prompt) },
    { tenantId, signal: context.signal, ...about },
  );
  const sealed = withSayings(prompt, masked.value.said, enclose);
  const { system, messages, tools, responseFormat } = sealed;
  const lines = [
    canary !== undefined && system ? canaryLine(canary) : undefined,
    system,
    isEnclosed ? fenceNotice(mark) : undefined,
    masked.notice,
  ].filter((line) => line !== undefined && line !== "");
  const told = lines.length === 0 ? sealed : { ...sealed, system: lines.join("\n") };
  return {
    value: {
      input: isPrompt
        ? { ...masked.value.input, system, messages, tools, responseFormat }
        : masked.value.input,
      prompt: told,
    },
    request: modelRequest(task, told),
    counts: masked.counts,
    restore: (value) => masked.restore(value),
    restorer: () => masked.restorer(),
    restoreJson: (text) => masked.restoreJson(text),
    jsonRestorer: () => masked.jsonRestorer(),
    countInvented: (text) => masked.countInvented?.(text) ?? 0,
  };
}

const nothingSaid: Prompt = { system: undefined, messages: [], tools: undefined, responseFormat: undefined };
