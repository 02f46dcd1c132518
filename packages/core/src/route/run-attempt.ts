import type { Clock } from "../clock.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import type { FinishReason, ProviderEvent, ProviderRequest, Usage } from "../provider/provider.js";
import { createAttemptTimer } from "./attempt-timer.js";
import type { Bulkhead } from "./bulkhead.js";
import type { CircuitBreaker, Health } from "./circuit-breaker.js";
import type { QuietTime } from "./quiet-time.js";
import type { AttemptReport, RouteRequest, RouteTarget } from "./router.js";

/** A target with the state that belongs to it. */
export interface Lane {
  readonly target: RouteTarget;
  readonly bulkhead: Bulkhead;
  readonly breaker: CircuitBreaker;
  readonly quietTime: QuietTime;
}

/** How long an attempt may be silent, milliseconds. */
export interface AttemptTimeouts {
  /** Until the first output, or for the whole reply when it comes in one piece. */
  readonly firstChunkMs: number;
  /** Between two pieces of a stream. */
  readonly chunkMs: number;
}

/** What bounds an attempt in time. */
export interface AttemptLimits {
  readonly clock: Clock;
  readonly timeouts: AttemptTimeouts;
  /** When the first output must be there at the latest, monotonic milliseconds. */
  readonly deadlineMs: number;
}

/** An accepted reply with what the provider charged for it. */
export interface AttemptResult {
  readonly reply: RawReply;
  readonly usage: Usage | undefined;
  readonly finishReason: FinishReason | undefined;
}

/**
 * One attempt at one target: place in the bulkhead, leave of the breaker, the provider's call under its timeouts, the
 * reading of the reply. Yields text as it comes. Once it is let in it reports itself exactly once, whatever happens.
 */
export async function* runAttempt(
  lane: Lane,
  request: RouteRequest,
  limits: AttemptLimits,
): AsyncGenerator<string, AttemptResult, void> {
  const { target, bulkhead, breaker, quietTime } = lane;
  const { clock, deadlineMs } = limits;
  const leave = await bulkhead.enter(request.signal, deadlineMs - clock.monotonic());
  const startedMs = clock.monotonic();
  const permit = startedMs < deadlineMs && quietTime.isOver ? breaker.admit() : undefined;
  if (permit === undefined) {
    leave();
    const name = `${target.provider.name}/${target.model}`;
    throw new GatewayError(
      "provider_busy",
      `The circuit of ${name} is open, its Retry-After is not over, or the time is.`,
    );
  }
  let outcome: AttemptReport["outcome"] = "aborted"; // stays so when the consumer stops reading
  const received: Received = { text: "", usage: undefined, finishReason: undefined };
  try {
    yield* readProvider(target, request, { received, begun: permit.begun, ...limits });
    const cutOff = received.finishReason === "length" ? { cutOff: true as const } : {};
    const reply: RawReply = { text: received.text, ...cutOff };
    await request.accept(reply);
    outcome = "ok";
    return { reply, usage: received.usage, finishReason: received.finishReason };
  } catch (error) {
    quietTime.noteFailure(error);
    outcome = request.signal.aborted ? "aborted" : isGatewayError(error) ? error.code : "internal";
    throw error;
  } finally {
    leave();
    permit.ended(healthOf(outcome));
    const durationMs = clock.monotonic() - startedMs;
    request.onAttempt({ target, outcome, durationMs, usage: received.usage, receivedText: received.text });
  }
}

interface Received {
  text: string;
  usage: Usage | undefined;
  finishReason: FinishReason | undefined;
}

async function* readProvider(
  target: RouteTarget,
  { request, signal }: RouteRequest,
  run: AttemptLimits & { readonly received: Received; readonly begun: () => void },
): AsyncGenerator<string, void, void> {
  const { received, timeouts, clock } = run;
  const timer = createAttemptTimer(clock, signal);
  const providerRequest: ProviderRequest = { ...request, model: target.model };
  const patienceMs = () =>
    received.text === ""
      ? Math.min(timeouts.firstChunkMs, run.deadlineMs - clock.monotonic())
      : timeouts.chunkMs;
  let events: AsyncIterator<ProviderEvent> | undefined;
  let ended = false;
  try {
    const iterator = target.provider
      .stream(providerRequest, { signal: timer.signal })
      [Symbol.asyncIterator]();
    events = iterator;
    for (let finished = false; ; ) {
      const next = await timer.within(patienceMs(), iterator.next());
      if (next.done === true) {
        ended = true;
        if (finished) return;
        throw new GatewayError("provider_cut", "The reply ended without its end mark.");
      }
      const event = next.value;
      if (event.type === "finish") {
        finished = true;
        received.usage = countedUsage(event.usage);
        received.finishReason = event.reason;
      } else if (event.type !== "text-delta") {
        throw new GatewayError("provider_malformed", "The provider calls a tool; this task offers none.");
      } else if (event.delta !== "") {
        run.begun();
        received.text += event.delta;
        yield event.delta;
      }
    }
  } catch (error) {
    throw asProviderFailure(error, signal);
  } finally {
    timer.release({ ended });
    if (!ended) events?.return?.().catch(() => {}); // not awaited: a provider that ignores its signal must not hold us
  }
}

/** A provider that breaks its contract by throwing something else must not take the call down. */
function asProviderFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || isGatewayError(error)) return error;
  return new GatewayError("provider_unavailable", "The provider failed with an unknown error.", {
    cause: error,
  });
}

/** What was reported, if it can be counted with: a report without numbers must not make a call free. */
function countedUsage(usage: Usage | undefined): Usage | undefined {
  const counted = usage !== undefined && isCount(usage.inputTokens) && isCount(usage.outputTokens);
  return counted ? usage : undefined;
}

const isCount = (value: number) => Number.isFinite(value) && value >= 0;

function healthOf(outcome: AttemptReport["outcome"]): Health {
  switch (outcome) {
    case "provider_unauthorized":
      return "broken";
    case "provider_unavailable":
    case "provider_timeout":
    case "provider_malformed":
    case "provider_cut":
      return "failing";
    case "aborted":
    case "provider_rate_limited":
      return "unknown";
    default:
      return "healthy";
  }
}
