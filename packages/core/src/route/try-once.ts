import { createCommitPoint } from "./commit-point.js";
import { type HedgeLimits, hedgedAttempt } from "./hedged-attempt.js";
import type { RouteRequest } from "./router.js";
import { type AttemptResult, type Lane, runAttempt } from "./run-attempt.js";

/** Makes one attempt, or two side by side. Of one that fails before its commit point nothing is shown. */
export function tryOnce<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  limits: HedgeLimits,
): Promise<AttemptResult<Output>> {
  const attempt = (own: RouteRequest<Output>) => attemptToEnd(lane, own, limits);
  const delayMs = limits.policy.hedge ? lane.latency.p95() : undefined;
  if (delayMs === undefined) return attempt(request);
  return hedgedAttempt({ attempt, target: lane.target, request, limits, delayMs });
}

async function attemptToEnd<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  limits: HedgeLimits,
): Promise<AttemptResult<Output>> {
  if (!request.request.incremental) return runAttempt(lane, request, limits);
  const { show, end } = createCommitPoint(request.show);
  const result = await runAttempt(lane, { ...request, show }, limits);
  await end();
  return result;
}
