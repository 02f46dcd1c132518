import type { Task, TaskContext } from "../define-task.js";
import type { Masker } from "../mask/masker.js";
import type { MaskedCall } from "./pipeline-call.js";

/**
 * Builds the prompt and masks it together with the input, so that both share their placeholders. When some were
 * issued the model is told about them. A call that only a local answer can serve needs no prompt and gets an empty one.
 */
export async function maskCall<Input>(masking: {
  readonly task: Pick<Task<string, unknown, Input>, "prompt">;
  readonly input: Input;
  readonly context: TaskContext;
  readonly masker: Masker;
  readonly needsPrompt: boolean;
}): Promise<MaskedCall<Input>> {
  const { task, input, context, masker, needsPrompt } = masking;
  const prompt = needsPrompt ? await task.prompt(input, context) : { messages: [] };
  const masked = await masker.mask({ input, prompt }, { tenantId: context.caller.tenantId });
  if (masked.notice === undefined) return masked;
  const { system = "" } = masked.value.prompt;
  const told = { ...masked.value.prompt, system: `${system}\n${masked.notice}`.trimStart() };
  return {
    value: { input: masked.value.input, prompt: told },
    counts: masked.counts,
    restore: (value) => masked.restore(value),
    restorer: () => masked.restorer(),
  };
}
