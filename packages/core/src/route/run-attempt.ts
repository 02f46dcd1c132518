import type { Clock } from "../clock.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import type { ProviderRequest, Usage } from "../provider/provider.js";
import { createAttemptTimer } from "./attempt-timer.js";
import type { Bulkhead } from "./bulkhead.js";
import type { CircuitBreaker } from "./circuit-breaker.js";
import type { AttemptReport, RouteRequest, RouteTarget } from "./router.js";

/** A target with the state that belongs to it. */
export interface Lane {
  readonly target: RouteTarget;
  readonly bulkhead: Bulkhead;
  readonly breaker: CircuitBreaker;
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
}

/**
 * One attempt at one target: place in the bulkhead, leave of the breaker, the provider's call under its timeouts, the
 * reading of the reply. Yields text as it comes; reports itself exactly once, whatever happens.
 */
export async function* runAttempt(
  lane: Lane,
  request: RouteRequest,
  limits: AttemptLimits,
): AsyncGenerator<string, AttemptResult, void> {
  const { target, bulkhead, breaker } = lane;
  const leave = await bulkhead.enter(request.signal);
  if (!breaker.admit()) {
    leave();
    throw new GatewayError(
      "provider_busy",
      `The circuit of ${target.provider.name}/${target.model} is open.`,
    );
  }
  const startedMs = limits.clock.monotonic();
  let outcome: AttemptReport["outcome"] = "aborted"; // stays so when the consumer stops reading
  const received: Received = { text: "", usage: undefined };
  try {
    yield* readProvider(target, request, { received, ...limits });
    const reply: RawReply = { text: received.text };
    await request.accept(reply);
    outcome = "ok";
    return { reply, usage: received.usage };
  } catch (error) {
    outcome = request.signal.aborted ? "aborted" : isGatewayError(error) ? error.code : "internal";
    throw error;
  } finally {
    leave();
    breaker.record(healthOf(outcome));
    const durationMs = limits.clock.monotonic() - startedMs;
    request.onAttempt({ target, outcome, durationMs, usage: received.usage, receivedText: received.text });
  }
}

interface Received {
  text: string;
  usage: Usage | undefined;
}

async function* readProvider(
  target: RouteTarget,
  { request, signal }: RouteRequest,
  run: AttemptLimits & { readonly received: Received },
): AsyncGenerator<string, void, void> {
  const { received, timeouts, clock } = run;
  const timer = createAttemptTimer(clock, signal);
  const providerRequest: ProviderRequest = { ...request, model: target.model };
  const events = target.provider.stream(providerRequest, { signal: timer.signal })[Symbol.asyncIterator]();
  const patienceMs = () =>
    received.text === ""
      ? Math.min(timeouts.firstChunkMs, run.deadlineMs - clock.monotonic())
      : timeouts.chunkMs;
  let ended = false;
  try {
    for (let finished = false; ; ) {
      const next = await timer.within(patienceMs(), events.next()).catch(asProviderFailure(signal));
      if (next.done === true) {
        ended = true;
        if (finished) return;
        throw new GatewayError("provider_cut", "The reply ended without its end mark.");
      }
      const event = next.value;
      if (event.type === "finish") {
        finished = true;
        received.usage = event.usage;
      } else if (event.delta !== "") {
        received.text += event.delta;
        yield event.delta;
      }
    }
  } finally {
    timer.release({ ended });
    if (!ended) events.return?.().catch(() => {}); // not awaited: a provider that ignores its signal must not hold us
  }
}

/** A provider that breaks its contract by throwing something else must not take the call down. */
const asProviderFailure = (signal: AbortSignal) => (error: unknown) => {
  if (signal.aborted || isGatewayError(error)) throw error;
  throw new GatewayError("provider_unavailable", "The provider failed with an unknown error.", {
    cause: error,
  });
};

function healthOf(outcome: AttemptReport["outcome"]): Parameters<CircuitBreaker["record"]>[0] {
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
