import type { Clock } from "../clock.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import type { DegradedReason } from "../pipeline/task-call.js";
import { createBulkhead } from "./bulkhead.js";
import { type CircuitBreakerOptions, createCircuitBreaker } from "./circuit-breaker.js";
import { createQuietTime } from "./quiet-time.js";
import { repairMessages } from "./repair-messages.js";
import { type RetryPolicy, retry } from "./retry.js";
import type { RouteRequest, RouteResult, Router, RouteTarget } from "./router.js";
import { type AttemptResult, type AttemptTimeouts, type Lane, runAttempt } from "./run-attempt.js";

/** Options of {@link targetRouter}, resolved (`gateway-options.ts` holds the defaults). */
export interface TargetRouterOptions {
  readonly targets: readonly RouteTarget[];
  readonly retry: RetryPolicy;
  readonly breaker: Omit<CircuitBreakerOptions, "clock" | "random">;
  /** `totalMs`: until the first output over all attempts and targets. */
  readonly timeouts: AttemptTimeouts & { readonly totalMs: number };
  /** Whether a reply that does not fit is sent back to its model, once a call. Not for text. */
  readonly outputRepair: boolean;
  /** Whether a task's local answer stands in when no target answers. */
  readonly localFallback: boolean;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The default router: targets in order, each with its own bulkhead and circuit breaker, then the local answer. */
export function targetRouter(options: TargetRouterOptions): Router {
  const { targets, breaker, clock, random } = options;
  const lanes = targets.map(
    (target): Lane => ({
      target,
      bulkhead: createBulkhead(target.maxConcurrent, clock),
      breaker: createCircuitBreaker({ ...breaker, clock, random }),
      quietTime: createQuietTime(clock),
    }),
  );
  return {
    targets,
    async *route(request) {
      if (request.localOnly !== undefined) return yield* answerLocally(request, request.localOnly, undefined);
      const deadlineMs = clock.monotonic() + options.timeouts.totalMs;
      const limits = { ...options, deadlineMs, repairs: { left: options.outputRepair ? 1 : 0 } };
      let failure: GatewayError | undefined;
      for (const lane of lanes) {
        if (!(await request.affords(lane.target))) break;
        const tried = yield* tryTarget(lane, request, limits);
        if (tried.ok) return tried.result;
        failure = tried.failure;
        if (clock.monotonic() >= deadlineMs) break;
      }
      if (failure !== undefined && !options.localFallback) throw failure;
      return yield* answerLocally(request, degradedBy(failure, lanes.length), failure);
    },
  };
}

/** What bounds one call. */
interface RouteLimits extends TargetRouterOptions {
  /** When the first output must be there at the latest, monotonic milliseconds. */
  readonly deadlineMs: number;
  readonly repairs: { left: number };
}

type Tried =
  | { readonly ok: true; readonly result: RouteResult }
  | { readonly ok: false; readonly failure: GatewayError };

async function* tryTarget(
  lane: Lane,
  request: RouteRequest,
  limits: RouteLimits,
): AsyncGenerator<string, Tried, void> {
  let shown = false;
  try {
    const opened = await openAnswer(lane, request, limits);
    const deltas = opened.deltas;
    try {
      let next = opened.first;
      for (; next.done !== true; next = await deltas.next()) {
        shown = true;
        yield next.value;
      }
      if (!shown && next.value.reply.text !== undefined) yield next.value.reply.text;
      return { ok: true, result: modelResult(lane.target, next.value) };
    } finally {
      await deltas.return(undefined as never); // does nothing unless the consumer stopped early
    }
  } catch (error) {
    if (shown || request.signal.aborted || !goesToNextTarget(error)) throw error;
    return { ok: false, failure: error };
  }
}

const goesToNextTarget = (error: unknown): error is GatewayError =>
  isGatewayError(error) && (error.code.startsWith("provider_") || error.code === "invalid_output");

interface Opened {
  readonly deltas: AsyncGenerator<string, AttemptResult, void>;
  readonly first: IteratorResult<string, AttemptResult>;
}

/** Opens an attempt. A reply that does not fit goes back to its model; whatever fails then, the misfit stands. */
async function openAnswer(lane: Lane, request: RouteRequest, limits: RouteLimits): Promise<Opened> {
  let refused: RawReply = {};
  const accept: RouteRequest["accept"] = async (reply) => {
    refused = reply;
    await request.accept(reply);
  };
  try {
    return await openAttempt(lane, { ...request, accept }, limits);
  } catch (misfit) {
    const added = limits.repairs.left > 0 ? repairMessages(request.request, refused, misfit) : undefined;
    const late = request.signal.aborted || limits.clock.monotonic() >= limits.deadlineMs;
    if (added === undefined || late || !(await request.affords(lane.target, added))) throw misfit;
    limits.repairs.left--;
    const { prompt } = request.request;
    const repair: RouteRequest = {
      ...request,
      request: { ...request.request, prompt: { ...prompt, messages: [...prompt.messages, ...added] } },
      onAttempt: (report) => request.onAttempt({ ...report, repairMessages: added }),
    };
    try {
      return await openAttempt(lane, repair, { ...limits, retry: { ...limits.retry, maxRetries: 0 } });
    } catch (failure) {
      throw goesToNextTarget(failure) && !request.signal.aborted ? misfit : failure;
    }
  }
}

/** Retries until the first output (or, when deltas are not wanted, the whole reply) is there. */
async function openAttempt(lane: Lane, request: RouteRequest, limits: RouteLimits): Promise<Opened> {
  let opened: Opened | undefined;
  const attempt = async () => {
    const deltas = runAttempt(lane, request, limits);
    let first = await deltas.next();
    while (!request.request.incremental && first.done !== true) first = await deltas.next();
    opened = { deltas, first };
    return opened;
  };
  const affordsRetry = () => request.affords(lane.target);
  try {
    return await retry(attempt, { ...limits, policy: limits.retry, signal: request.signal, affordsRetry });
  } catch (error) {
    await opened?.deltas.return(undefined as never); // never: aborted just as it opened; ends and reports it
    throw error;
  }
}

const modelResult = (target: RouteTarget, { reply, usage, finishReason }: AttemptResult): RouteResult => ({
  reply,
  finishReason,
  source: "model",
  provider: target.provider.name,
  model: target.model,
  usage,
  degraded: undefined,
});

function degradedBy(failure: GatewayError | undefined, laneCount: number): DegradedReason {
  if (laneCount === 0) return "no_provider";
  if (failure === undefined) return "budget";
  return failure.code === "invalid_output" ? "invalid_output" : "provider_down";
}

async function* answerLocally(
  request: RouteRequest,
  degraded: DegradedReason,
  failure: GatewayError | undefined,
): AsyncGenerator<string, RouteResult, void> {
  if (request.local === undefined) {
    throw (
      failure ??
      new GatewayError("no_provider", "No provider can be called, and this task has no local answer.")
    );
  }
  const reply = await request.local();
  await request.accept(reply);
  if (reply.text !== undefined) yield reply.text;
  return {
    reply,
    finishReason: undefined,
    source: "local",
    provider: undefined,
    model: undefined,
    usage: undefined,
    degraded,
  };
}
