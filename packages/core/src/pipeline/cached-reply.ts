import { cacheKey } from "../cache/cache-key.js";
import type { CachedReply } from "../cache/response-cache.js";
import type { AnyTask } from "../define-task.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { RouteResult } from "../route/router.js";
import { askStore, noteStoreDown, storeDown, tellStore } from "./ask-store.js";
import type { DecisionRecord } from "./decision-record.js";
import { cacheMayAnswer, modelMayAnswer } from "./may-answer.js";
import { payForLookup } from "./pay-for-lookup.js";
import type { MaskedCall, PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";

/** What the cache says about a call. Without a hit, `abandon` is due in any case; it does nothing after `store`. */
export interface ReplyLookup {
  readonly hit: CachedReply | undefined;
  store(result: RouteResult): Promise<void>;
  abandon(): Promise<void>;
}

const bypass: ReplyLookup = { hit: undefined, store: async () => {}, abandon: async () => {} };

/**
 * Asks the cache, and waits for an identical call in flight. Calls that must not be cached pass it by: personal
 * values in the input, a task that stores nothing, no model that could answer.
 */
export async function lookupReply<Input>(asking: {
  readonly task: AnyTask;
  readonly masked: MaskedCall<Input>;
  readonly call: PipelineCall;
  readonly services: Services;
}): Promise<ReplyLookup> {
  const { task, masked, call, services } = asking;
  const { decision, signal } = call;
  const personal = Object.keys(masked.counts).length > 0;
  if (!cacheMayAnswer(call) || personal || task.cacheTtlMs === 0) return bypass;

  const key = cacheKey({
    tenantId: decision.caller.tenantId,
    roles: decision.caller.roles ?? [],
    task: task.name,
    version: task.version,
    targets: call.targets.map(({ name }) => name),
    request: masked.request,
    similar: questionOf(task, masked.value.input),
    marks: [call.mark, services.canary],
  });
  // A switch that is off lets nothing be bought, an embedding neither.
  const pay = async (microUsd: number) =>
    modelMayAnswer(call) && payForLookup(microUsd, { task, call, services });
  const about = { store: "cache", call, services } as const;
  const lookup = await askStore(() => services.cache.lookup(key, { signal, pay }), about);
  if (lookup === storeDown) return bypass;
  decision.cache = lookup.state;
  if (lookup.state === "miss" && lookup.storeDown) noteStoreDown("miss", about);
  if (lookup.state === "hit") {
    decision.cacheSimilarity = lookup.similarity;
    const { provider, model, usage: _, ...reply } = lookup.reply;
    decision.source = "cache";
    decision.provider = provider;
    decision.model = model;
    decision.replyDigest = services.auditDigest?.(reply); // that of the call that stored it
    return { hit: lookup.reply, store: bypass.store, abandon: bypass.abandon };
  }
  let ended = false;
  return {
    hit: undefined,
    async store({ reply, source, provider, model, usage, finishReason }) {
      // Only whole replies of a model; a tool is to be called each time.
      if (source !== "model" || finishReason === "length" || reply.toolCalls !== undefined) return;
      // The key names the call's own targets: the reply of a cap's cheaper one would outlive the cap.
      if (decision.budget.degradedTo !== undefined) return;
      ended = true;
      await askStore(() => lookup.store({ provider, model, usage, ...reply }, task.cacheTtlMs), about);
    },
    async abandon() {
      if (!ended) await tellStore(() => lookup.abandon(), about);
    },
  };
}

/** The question by itself, and the rest of the input. */
function questionOf(task: AnyTask, input: unknown) {
  const { similarBy } = task;
  if (similarBy === undefined) return undefined;
  const { [similarBy]: question, ...rest } = Object(input) as Record<string, unknown>;
  return typeof question === "string" ? { question, rest } : undefined;
}

/** A stored reply that no longer fits its task is no hit; the call goes on as after a miss. */
export const misfitIsMiss =
  (decision: DecisionRecord) =>
  (error: unknown): undefined => {
    if (!isGatewayError(error, "invalid_output")) throw error;
    decision.cache = "miss";
    decision.cacheSimilarity = undefined;
    decision.source = undefined;
    decision.provider = undefined;
    decision.model = undefined;
    decision.replyDigest = undefined;
  };
