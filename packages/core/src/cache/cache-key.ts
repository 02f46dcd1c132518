import type { Caller } from "../pipeline/task-call.js";
import type { Conversation, ProviderRequest } from "../provider/provider.js";
import type { CacheKey } from "./response-cache.js";

/** Everything that decides what a reply is and who may see it. */
export interface CacheKeyParts {
  readonly tenantId: Caller["tenantId"];
  /** The caller's access scope. Order and repeats don't matter. */
  readonly roles: readonly string[];
  readonly task: string;
  /** The task's version. */
  readonly version: string;
  /** Names of the targets that may answer, in the order they are asked. */
  readonly targets: readonly string[];
  /** What is asked. Masked. */
  readonly request: Omit<ProviderRequest, "model" | "incremental">;
  /** The question by itself and the rest of the input, for tasks that may answer similar ones. Masked. */
  readonly similar?: { readonly question: string; readonly rest: object } | undefined;
  /** Words in the request that differ from call to call or from process to process, while what is asked does not. Letters and `-` only. */
  readonly marks?: readonly (string | undefined)[] | undefined;
}

/**
 * Makes the key of a reply: equal for equal parts, different for any different part.
 *
 * Both halves are JSON arrays, so no value can run into its neighbour (`["ab","c"]` is not `["a","bc"]`). They are
 * not hashed: Web Crypto's digest is asynchronous and costs more than the lookup it would serve, and the whole text
 * can't collide. A shared store hashes the key itself, to keep its keys short.
 */
export function cacheKey(parts: CacheKeyParts): CacheKey {
  const { tenantId, roles, task, version, targets, request } = parts;
  const { prompt, maxOutputTokens, temperature, tools, toolChoice, responseFormat } = request;
  const { similar, marks = [] } = parts;
  const asked = (messages: readonly Message[]) =>
    markless(marks, [
      task,
      version,
      targets,
      maxOutputTokens,
      temperature,
      prompt.system ?? null,
      messages.map(listed),
      tools ?? null,
      toolChoice ?? null,
      responseFormat ?? null,
    ]);
  return {
    partition: JSON.stringify([tenantId ?? null, [...new Set(roles)].sort()]),
    key: asked(prompt.messages),
    similar: similar && {
      question: similar.question,
      group: JSON.stringify([asked(prompt.messages.map(without(similar.question))), similar.rest]),
    },
  };
}

/** As JSON, with one word for every mark: nothing in JSON changes letters and `-`. */
const markless = (marks: readonly (string | undefined)[], list: readonly unknown[]): string =>
  marks.reduce<string>(
    (json, mark) => (mark === undefined ? json : json.replaceAll(mark, "mark")),
    JSON.stringify(list),
  );

type Message = Conversation["messages"][number];

const listed = (message: Message) => [
  message.role,
  message.content,
  "toolCalls" in message ? message.toolCalls.map((call) => [call.id, call.name, call.arguments]) : null,
  "toolCallId" in message ? [message.toolCallId, message.isError ?? false] : null,
];

/** What else the prompt says (of the user, of the day, documents that were found) decides the reply, too. */
const without =
  (question: string) =>
  (message: Message): Message =>
    question === "" ? message : { ...message, content: message.content.replaceAll(question, "") };
