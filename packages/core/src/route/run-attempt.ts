import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import type { FinishReason, Usage } from "../provider/provider.js";
import type { Bulkhead } from "./bulkhead.js";
import type { CircuitBreaker, Health } from "./circuit-breaker.js";
import type { LatencyWindow } from "./latency-window.js";
import type { QuietTime } from "./quiet-time.js";
import { type AttemptLimits, readProvider } from "./read-provider.js";
import { createReceived } from "./received.js";
import type { AttemptReport, RouteRequest, RouteTarget } from "./router.js";

/** A target with the state that belongs to it. */
export interface Lane {
  readonly target: RouteTarget;
  readonly bulkhead: Bulkhead;
  readonly breaker: CircuitBreaker;
  readonly quietTime: QuietTime;
  /** How long its attempts took until their first output. */
  readonly latency: LatencyWindow;
}

/** An accepted reply with what the provider charged for it. */
export interface AttemptResult<Output> {
  readonly output: Output;
  readonly reply: RawReply;
  readonly usage: Usage | undefined;
  readonly finishReason: FinishReason | undefined;
}

/**
 * One attempt at one target: place in the bulkhead, leave of the breaker, the provider's call under its timeouts, the
 * reading of the reply. Shows text and tool calls as they come. It reports itself exactly once, whatever happens; only
 * not when the caller went away before it was let in.
 */
export async function runAttempt<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  limits: AttemptLimits,
): Promise<AttemptResult<Output>> {
  const { target, latency } = lane;
  const { clock } = limits.policy;
  const startedMs = clock.monotonic();
  const received = createReceived();
  let outcome: AttemptReport["outcome"] = "aborted"; // stays so when the caller is gone
  let problem: string | undefined;
  let health: Health = "unknown";
  let leave: Leave | undefined;
  let begun = false;
  try {
    leave = await enter(lane, request.signal, limits);
    const { noteBegun } = leave;
    const onFirstOutput = () => {
      begun = true;
      noteBegun();
      latency.note(clock.monotonic() - startedMs);
    };
    await readProvider(target, request, { received, onFirstOutput, limits });
    const reply = received.reply();
    const output = await request.accept(reply);
    outcome = "ok";
    health = "healthy";
    return { output, reply, usage: received.usage, finishReason: received.finishReason };
  } catch (error) {
    const isGone = request.signal.aborted || isGatewayError(error, "aborted");
    const failure = isGone ? error : atTarget(error, target.name);
    lane.quietTime.noteFailure(failure);
    if (!isGone) {
      outcome = isGatewayError(failure) ? failure.code : "internal";
      problem = isGatewayError(failure) ? failure.message : undefined;
      health = healthAfter(failure);
    }
    throw failure;
  } finally {
    leave?.ended(health);
    const durationMs = clock.monotonic() - startedMs;
    if (!begun) latency.noteGivenUp(durationMs);
    const { usage, written: receivedText } = received;
    if (leave !== undefined || outcome !== "aborted")
      request.onAttempt({ target, outcome, durationMs, usage, receivedText, problem });
  }
}

/** A place at a target, and the way out of it. */
interface Leave {
  noteBegun(): void;
  ended(health: Health): void;
}

async function enter(
  { bulkhead, breaker, quietTime }: Lane,
  signal: AbortSignal,
  { policy: { clock }, deadlineMs }: AttemptLimits,
): Promise<Leave> {
  const leave = await bulkhead.enter(signal, deadlineMs - clock.monotonic());
  const permit = clock.monotonic() < deadlineMs && quietTime.isOver ? breaker.admit() : undefined;
  if (permit === undefined) {
    leave();
    throw new GatewayError(
      "provider_busy",
      "It failed often or asked for a pause, and is left alone for the moment; or the call's time was over.",
    );
  }
  return {
    noteBegun: () => permit.begun(),
    ended(health) {
      leave();
      permit.ended(health);
    },
  };
}

/** Names the target in a provider's failure, in front of what to do about it. */
function atTarget(error: unknown, name: string): unknown {
  if (!isGatewayError(error) || !error.code.startsWith("provider_") || error.target !== undefined)
    return error;
  error.target = name;
  error.message = `${name}: ${error.message}`;
  return error;
}

/** What a failure says of the target. One that was limited and not told until when is tried ever less. */
function healthAfter(failure: unknown): Health {
  if (isGatewayError(failure, "provider_rate_limited"))
    return failure.details.retryAfterMs === undefined ? "failing" : "unknown";
  switch (isGatewayError(failure) ? failure.code : "internal") {
    case "provider_unauthorized":
      return "broken";
    case "provider_unavailable":
    case "provider_timeout":
    case "provider_malformed":
    case "provider_cut":
      return "failing";
    default:
      return "healthy";
  }
}
