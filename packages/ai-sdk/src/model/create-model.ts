import { type AiGateway, type ConversationTask, GatewayError, type TaskCall } from "@levqor/core";
import { describeReply } from "./describe-reply.js";
import type { GatewayModel, GatewayModelStreamPart } from "./gateway-model.js";
import { toPrompt } from "./to-prompt.js";
import { toReadable } from "./to-readable.js";
import { toStreamParts, toToolCall } from "./to-stream-parts.js";

/** What a model is made of. */
export interface ModelParts<Specification extends "v3" | "v4"> {
  readonly gateway: Pick<AiGateway, "run" | "stream">;
  readonly specification: Specification;
  readonly name: string;
  readonly task: ConversationTask;
  readonly call: Pick<TaskCall, "caller" | "signal" | "targets" | "conversation" | "known">;
}

/** A model whose every call is a call of the gateway. */
export function createModel<Specification extends "v3" | "v4">(
  parts: ModelParts<Specification>,
): GatewayModel<Specification> {
  const { gateway, task, name, call } = parts;
  return {
    specificationVersion: parts.specification,
    provider: "levqor",
    modelId: name,
    supportedUrls: {},
    async doGenerate(options) {
      const { prompt, warnings } = toPrompt(options, task);
      const signal = anySignal([call.signal, options.abortSignal]);
      try {
        const reply = await gateway.run(task, prompt, { ...call, signal });
        const text = reply.text === "" ? [] : [{ type: "text" as const, text: reply.text }];
        return {
          content: [...text, ...reply.tool_calls.map(toToolCall)],
          ...describeReply(reply, name),
          warnings,
        };
      } catch (error) {
        throw asAbort(error, options.abortSignal);
      }
    },
    async doStream(options) {
      const { prompt, warnings } = toPrompt(options, task);
      const { abortSignal } = options;
      const left = new AbortController();
      const signal = anySignal([call.signal, abortSignal, left.signal]);
      const reply = toStreamParts(gateway.stream(task, prompt, { ...call, signal }), name);
      const end = () => void reply.return(undefined).catch(() => {}); // who reads on is told
      signal.addEventListener("abort", end, { once: true }); // else a reply that nobody reads on is never settled
      try {
        // What fails before there is anything to show rejects, as a vendor's refusal does.
        const { value: first } = await reply.next();
        const head: GatewayModelStreamPart[] = [
          { type: "stream-start", warnings },
          ...(first ? [first] : []),
        ];
        const parts = endingWithError(head, reply, abortSignal);
        return { stream: toReadable(parts, (reason) => left.abort(reason)) };
      } catch (error) {
        throw asAbort(error, abortSignal);
      }
    },
  };
}

/** The reply, whose failure is its last part: without a `finish` nobody can take it for a whole one. */
async function* endingWithError(
  head: readonly GatewayModelStreamPart[],
  reply: AsyncGenerator<GatewayModelStreamPart>,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<GatewayModelStreamPart, void, void> {
  let last = head.at(-1);
  try {
    yield* head;
    for await (const part of reply) {
      last = part;
      yield part;
    }
    if (last?.type !== "finish") throw new GatewayError("aborted", "The call was aborted.");
  } catch (error) {
    if (abortSignal?.aborted) throw asAbort(error, abortSignal);
    yield { type: "error", error };
  }
}

const anySignal = (signals: readonly (AbortSignal | undefined)[]): AbortSignal =>
  AbortSignal.any(signals.filter((signal) => signal !== undefined));

/** The AI SDK knows its own abort by the signal's reason. */
const asAbort = (error: unknown, abortSignal: AbortSignal | undefined): unknown =>
  abortSignal?.aborted ? abortSignal.reason : error;
