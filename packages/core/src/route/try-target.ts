import { type GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import type { HedgeLimits } from "./hedged-attempt.js";
import { repairMessages } from "./repair-messages.js";
import { type RetryPolicy, retry } from "./retry.js";
import type { RouteRequest, RouteResult, ShowPart } from "./router.js";
import type { AttemptResult, Lane } from "./run-attempt.js";
import { tryOnce } from "./try-once.js";

/** What bounds one call over all its targets. */
export interface CallLimits extends HedgeLimits {
  readonly policy: HedgeLimits["policy"] & {
    readonly random: () => number;
    readonly retry: RetryPolicy;
    readonly timeouts: { readonly totalMs: number };
  };
  /** When the next first output must be there at the latest, monotonic milliseconds. */
  deadlineMs: number;
  /** How often a reply that does not fit may still be sent back to its model. */
  repairsLeft: number;
}

/** How one target did: with an answer, or with a failure that the next target may mend. */
export type Tried<Output> =
  | { readonly ok: true; readonly result: RouteResult<Output> }
  | { readonly ok: false; readonly failure: GatewayError };

/**
 * Gets an answer from one target. A reply that does not fit goes back to its model; whatever fails then, the misfit
 * stands. An answer that breaks after its first part is begun anew when the request allows that.
 *
 * @throws what ends the call: its abort, a defect, a break that the request does not allow to mend
 */
export async function tryTarget<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  limits: CallLimits,
): Promise<Tried<Output>> {
  const refused = new Map<unknown, RawReply>();
  const watched = noteRefused(request, refused);
  const tried = await answer(lane, watched, { limits, maxRetries: limits.policy.retry.maxRetries });
  if (tried.ok) return tried;
  const { failure } = tried;
  const repair = await repairOf({ request, failure, reply: refused.get(failure) ?? {} }, lane, limits);
  if (repair === undefined) return tried;
  limits.repairsLeft--;
  const repaired = await answer(lane, repair, { limits, maxRetries: 0 });
  return repaired.ok ? repaired : tried;
}

/** One answer, tried again as the policy says. */
async function answer<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  { limits, maxRetries }: { readonly limits: CallLimits; readonly maxRetries: number },
): Promise<Tried<Output>> {
  const { clock, random, retry: policy } = limits.policy;
  const { signal } = request;
  let isOver = false;
  const attempt = async () => {
    let isShown = false;
    const show: ShowPart = (part) => {
      isShown = true;
      return request.show(part);
    };
    try {
      return await tryOnce(lane, { ...request, show }, limits);
    } catch (error) {
      if (signal.aborted || !isShown || !goesToNextTarget(error)) throw error;
      isOver = request.onBreak !== "restart";
      if (isOver) throw error;
      startTime(limits);
      await request.show({ type: "reset" });
      throw error;
    }
  };
  const affordsRetry = async () =>
    !isOver && limits.retryBudget.take() && (await request.affords(lane.target));
  try {
    const context = { clock, random, signal, limits, affordsRetry, policy: { ...policy, maxRetries } };
    return { ok: true, result: modelResult(lane, await retry(attempt, context)) };
  } catch (error) {
    if (signal.aborted || isOver || !goesToNextTarget(error)) throw error;
    return { ok: false, failure: error };
  }
}

/** Gives a call the full time for a first output: when it begins, and when it broke after one. */
export function startTime(limits: CallLimits): void {
  limits.deadlineMs = limits.policy.clock.monotonic() + limits.policy.timeouts.totalMs;
}

const goesToNextTarget = (error: unknown): error is GatewayError =>
  isGatewayError(error) && (error.code.startsWith("provider_") || error.code === "invalid_output");

/** Remembers which reply each refusal was about. */
function noteRefused<Output>(
  request: RouteRequest<Output>,
  refused: Map<unknown, RawReply>,
): RouteRequest<Output> {
  return {
    ...request,
    async accept(reply) {
      try {
        return await request.accept(reply);
      } catch (error) {
        refused.set(error, reply);
        throw error;
      }
    },
  };
}

/** The request that asks the model to mend its reply; absent when that can't help, or is not covered. */
async function repairOf<Output>(
  misfit: {
    readonly request: RouteRequest<Output>;
    readonly failure: GatewayError;
    readonly reply: RawReply;
  },
  { target }: Lane,
  { repairsLeft, policy: { clock }, deadlineMs }: CallLimits,
): Promise<RouteRequest<Output> | undefined> {
  const { request, reply, failure } = misfit;
  const added = repairsLeft > 0 ? repairMessages(request.request, reply, failure) : undefined;
  if (added === undefined || clock.monotonic() >= deadlineMs) return undefined;
  const affords: typeof request.affords = (at, planned) =>
    request.affords(at, { ...planned, repairMessages: added });
  if (!(await affords(target))) return undefined;
  const { prompt } = request.request;
  return {
    ...request,
    request: { ...request.request, prompt: { ...prompt, messages: [...prompt.messages, ...added] } },
    affords,
    onAttempt: (report) => request.onAttempt({ ...report, repairMessages: added }),
  };
}

function modelResult<Output>({ target }: Lane, result: AttemptResult<Output>): RouteResult<Output> {
  const { output, reply, usage, finishReason } = result;
  return {
    output,
    reply,
    usage,
    finishReason,
    source: "model",
    provider: target.provider.name,
    model: target.model,
    degraded: undefined,
  };
}
