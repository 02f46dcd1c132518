import type { AnyTask, LocalContext, Task } from "../../define-task.js";
import { defineTask } from "../../define-task.js";
import { GatewayError } from "../../errors/gateway-error.js";
import type { Prompt } from "../../provider/provider.js";
import {
  type ConversationOutput,
  conversationInputSchema,
  conversationOutputSchema,
} from "./conversation-schema.js";

/** A task whose prompt is the caller's own: see {@link conversationTask}. */
export type ConversationTask = Task<string, Prompt, Prompt, ConversationOutput>;

/** What a conversation takes over from a task. */
export type GoverningTask = Pick<AnyTask, "name" | "allow"> &
  Partial<
    Pick<
      AnyTask,
      "version" | "maxOutputTokens" | "temperature" | "cacheTtlMs" | "input" | "textField" | "local"
    >
  >;

/** A conversation's strings may be long: documents, results of tools. */
const maxInputCharacters = 100_000;

/**
 * Makes a task that sends on whatever conversation it is given, tools included, under the rules of another task: its
 * name (switches, limits, budgets, routes, audit), who may run it, its tokens. For code that writes its own prompts,
 * such as an agent's loop. Its local answer is that of the other task to the last thing the user said, when that one
 * answers in words and takes `{ message }`.
 *
 * @throws `invalid_config` as `defineTask` does
 * @example
 * const agent = conversationTask({ name: "agent", allow: "authenticated", maxOutputTokens: 2_000 });
 * const { text, tool_calls } = await gateway.run(agent, { messages, tools }, { caller });
 */
export function conversationTask(governing: GoverningTask): ConversationTask {
  const { name, allow, version = "1", maxOutputTokens, temperature, cacheTtlMs } = governing;
  return defineTask({
    name,
    version: `conversation.${version}`,
    input: conversationInputSchema(),
    output: conversationOutputSchema(),
    textField: "text",
    toolCallsField: "tool_calls",
    allow,
    maxOutputTokens,
    temperature,
    cacheTtlMs,
    maxInputCharacters,
    trustedFields: ["system", "tools", "responseFormat"],
    prompt: (conversation) => conversation,
    local: localAnswer(governing),
  });
}

function localAnswer({ input, local, textField }: GoverningTask) {
  if (input === undefined || local === undefined || textField === undefined) return undefined;
  return async ({ messages }: Prompt, context: LocalContext): Promise<ConversationOutput> => {
    const turns = messages.flatMap((turn) =>
      turn.role === "tool" || turn.content === "" ? [] : [{ role: turn.role, content: turn.content }],
    );
    const asked = turns.findLastIndex(({ role }) => role === "user");
    const question = { message: turns[asked]?.content, messages: turns.slice(0, asked) };
    const read = await input["~standard"].validate(question);
    if (read.issues !== undefined)
      throw new GatewayError("no_provider", "The task's local answer can't be asked in a conversation.");
    const answer: unknown = await local(read.value, context);
    return { text: String(Object(answer)[textField]), tool_calls: [] };
  };
}
