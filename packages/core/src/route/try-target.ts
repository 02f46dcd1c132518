import { type GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import { type OpenLimits, openAttempt, type Retries } from "./open-attempt.js";
import { repairMessages } from "./repair-messages.js";
import { mayRetry } from "./retry.js";
import type { RoutePart, RouteRequest, RouteResult } from "./router.js";
import type { AttemptResult, Lane } from "./run-attempt.js";

/** What bounds one call over all its targets. */
export interface CallLimits extends OpenLimits {
  readonly policy: OpenLimits["policy"] & { readonly timeouts: { readonly totalMs: number } };
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
export async function* tryTarget<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  limits: CallLimits,
): AsyncGenerator<RoutePart, Tried<Output>, void> {
  const refused = new WeakMap<object, RawReply>();
  const watched = noteRefused(request, refused);
  const { clock, random, retry: policy } = limits.policy;
  let retries = 0; // before a first part and after it
  const affordsRetry = async () => {
    const affords = limits.retryBudget.take() && (await request.affords(lane.target));
    if (affords) retries++;
    return affords;
  };
  for (;;) {
    const left = { maxRetries: policy.maxRetries - retries, affordsRetry };
    const { shown, ...tried } = yield* answer(lane, watched, { limits, ...left });
    if (tried.ok) return tried;
    const { failure } = tried;
    const repair = await repairOf({ request, failure, reply: refused.get(failure) ?? {} }, lane, limits);
    if (repair !== undefined) {
      limits.repairsLeft--;
      const once = { maxRetries: 0, affordsRetry };
      const { shown: _, ...repaired } = yield* answer(lane, repair, { limits, ...once });
      return repaired.ok ? repaired : tried;
    }
    const { deadlineMs } = limits;
    const context = { clock, random, policy, deadlineMs, signal: request.signal, affordsRetry };
    if (!shown || retries === policy.maxRetries || !(await mayRetry(failure, retries, context))) return tried;
  }
}

/** One answer as far as it comes; `shown` says whether a part of a failed one had been yielded. */
async function* answer<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  opening: Retries & { readonly limits: CallLimits },
): AsyncGenerator<RoutePart, Tried<Output> & { readonly shown: boolean }, void> {
  let shown = false;
  try {
    const { held, rest, result, end } = await openAttempt(lane, request, opening);
    try {
      for (const part of request.request.incremental ? held : []) {
        shown = true;
        yield part;
      }
      const last = result ?? (yield* rest);
      return { ok: true, shown, result: modelResult(lane, last) };
    } finally {
      await end(); // does nothing unless the consumer stopped early
    }
  } catch (error) {
    if (request.signal.aborted || !goesToNextTarget(error)) throw error;
    if (!shown) return { ok: false, failure: error, shown };
    if (request.onBreak !== "restart") throw error;
    startTime(opening.limits);
    yield { type: "reset" };
    return { ok: false, failure: error, shown };
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
  refused: WeakMap<object, RawReply>,
): RouteRequest<Output> {
  return {
    ...request,
    async accept(reply) {
      try {
        return await request.accept(reply);
      } catch (error) {
        if (typeof error === "object" && error !== null) refused.set(error, reply);
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
