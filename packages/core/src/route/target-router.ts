import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { DegradedReason } from "../pipeline/task-call.js";
import { createBulkhead } from "./bulkhead.js";
import { type CircuitBreakerOptions, createCircuitBreaker } from "./circuit-breaker.js";
import { createLatencyWindow } from "./latency-window.js";
import { createQuietTime } from "./quiet-time.js";
import type { AttemptTimeouts } from "./read-provider.js";
import type { RetryPolicy } from "./retry.js";
import { createRetryBudget } from "./retry-budget.js";
import { createRoutePlanner } from "./route-planner.js";
import type { RouteRequest, RouteResult, Router, RouteTarget } from "./router.js";
import type { Routes } from "./routes.js";
import type { Lane } from "./run-attempt.js";
import { type CallLimits, startTime, tryTarget } from "./try-target.js";

/** Options of {@link targetRouter}, resolved (`gateway-options.ts` holds the defaults). */
export interface TargetRouterOptions {
  readonly targets: readonly RouteTarget[];
  readonly routes: Routes;
  readonly retry: RetryPolicy;
  readonly retryBudget: { readonly ratio: number; readonly minPerSecond: number };
  readonly breaker: Omit<CircuitBreakerOptions, "clock" | "random">;
  /** `totalMs`: until the first output over all attempts and targets. */
  readonly timeouts: AttemptTimeouts & { readonly totalMs: number };
  readonly hedge: boolean;
  /** Whether a reply that does not fit is sent back to its model, once a call. Not for text. */
  readonly outputRepair: boolean;
  /** Whether a task's local answer stands in when no target answers. */
  readonly localFallback: boolean;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The default router: a call's targets in order, each with its own bulkhead and circuit breaker, then the local answer. */
export function targetRouter(options: TargetRouterOptions): Router {
  const { targets, breaker, clock, random } = options;
  const lanes = new Map(
    targets.map((target): [RouteTarget, Lane] => [
      target,
      {
        target,
        bulkhead: createBulkhead(target.maxConcurrent, clock),
        breaker: createCircuitBreaker({ ...breaker, clock, random }),
        quietTime: createQuietTime(clock),
        latency: createLatencyWindow(),
      },
    ]),
  );
  const retryBudget = createRetryBudget({ ...options.retryBudget, clock });
  const planner = createRoutePlanner({ targets, routes: options.routes, random });
  const callLimits = (): CallLimits => {
    const repairsLeft = options.outputRepair ? 1 : 0;
    const limits: CallLimits = { policy: options, retryBudget, repairsLeft, deadlineMs: 0 };
    startTime(limits);
    return limits;
  };
  return {
    targets,
    plan: planner.plan,
    setRoutes: planner.setRoutes,
    async route(request) {
      if (request.localOnly !== undefined) return answerLocally(request, request.localOnly, undefined);
      const limits = callLimits();
      retryBudget.noteCall();
      let failure: GatewayError | undefined;
      for (const target of request.targets) {
        if (!(await request.affords(target))) break;
        const tried = await tryTarget(laneOf(lanes, target), request, limits);
        if (tried.ok) return tried.result;
        failure = tried.failure;
        if (clock.monotonic() >= limits.deadlineMs) break;
      }
      if (failure !== undefined && !options.localFallback) throw failure;
      return answerLocally(request, degradedBy(failure, request.targets.length), failure);
    },
  };
}

function laneOf(lanes: ReadonlyMap<RouteTarget, Lane>, target: RouteTarget): Lane {
  const lane = lanes.get(target);
  if (lane === undefined)
    throw invalidConfig("Router", [`targets: "${target.name}" is none of this router's`]);
  return lane;
}

function degradedBy(failure: GatewayError | undefined, targetCount: number): DegradedReason {
  if (targetCount === 0) return "no_provider";
  if (failure === undefined) return "budget";
  if (failure.code === "invalid_output") return "invalid_output";
  return failure.code === "provider_filtered" ? "blocked" : "provider_down";
}

async function answerLocally<Output>(
  request: RouteRequest<Output>,
  degraded: DegradedReason,
  failure: GatewayError | undefined,
): Promise<RouteResult<Output>> {
  if (request.local === undefined) {
    throw (
      failure ??
      new GatewayError("no_provider", "No provider can be called, and this task has no local answer.")
    );
  }
  const reply = await request.local();
  const output = await request.accept(reply);
  return {
    output,
    reply,
    finishReason: undefined,
    source: "local",
    provider: undefined,
    model: undefined,
    usage: undefined,
    degraded,
  };
}
