import type { Task, TaskContext } from "../define-task.js";
import type { Masker } from "../mask/masker.js";
import type { Conversation, Prompt } from "../provider/provider.js";
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
  const prompt: Prompt = needsPrompt ? await task.prompt(input, context) : { messages: [] };
  const said = sayings(prompt);
  const { tenantId } = context.caller;
  const masked = await masker.mask({ input, said }, { tenantId, signal: context.signal });
  const told = withSayings(prompt, masked.value.said, masked.notice);
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

function withSayings(prompt: Prompt, said: Sayings, notice: string | undefined): Prompt {
  const messages: Conversation["messages"] = prompt.messages.map((message, index) => {
    const { content = "", arguments: args = [] } = said.messages[index] ?? {};
    if (!("toolCalls" in message)) return { ...message, content };
    const toolCalls = message.toolCalls.map((call, at) => ({ ...call, arguments: written(args[at]) }));
    return { ...message, content, toolCalls };
  });
  const { system } = said;
  if (notice === undefined) return { ...prompt, system, messages };
  return { ...prompt, system: `${system ?? ""}\n${notice}`.trimStart(), messages };
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
