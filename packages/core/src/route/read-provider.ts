import type { Clock } from "../clock.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { ProviderEvent, ProviderRequest } from "../provider/provider.js";
import { createAttemptTimer } from "./attempt-timer.js";
import type { Received } from "./received.js";
import type { RouteRequest, RouteTarget } from "./router.js";

/** How long an attempt may be silent, and how long it may take, milliseconds. */
export interface AttemptTimeouts {
  /** One attempt from its start to its end; the time that its reader takes does not count. */
  readonly attemptMs: number;
  /** Until the first output, or for the whole reply when it comes in one piece. */
  readonly firstChunkMs: number;
  /** Between two pieces of a stream. */
  readonly chunkMs: number;
}

/** What bounds an attempt in time. */
export interface AttemptLimits {
  readonly policy: { readonly clock: Clock; readonly timeouts: AttemptTimeouts };
  /** When the first output must be there at the latest, monotonic milliseconds. */
  readonly deadlineMs: number;
}

/** What surrounds the reading of one provider call. */
export interface ProviderReading {
  readonly limits: AttemptLimits;
  readonly received: Received;
  onFirstOutput(): void;
}

/** Calls a provider and shows what it writes, under the attempt's timeouts. */
export async function readProvider(
  target: RouteTarget,
  { request, signal, watch, show }: Pick<RouteRequest, "request" | "signal" | "watch" | "show">,
  { limits, received, onFirstOutput }: ProviderReading,
): Promise<void> {
  const { clock, timeouts } = limits.policy;
  const timer = createAttemptTimer(clock, signal);
  const startedMs = clock.monotonic();
  const firstOutputByMs = Math.min(startedMs + timeouts.firstChunkMs, limits.deadlineMs);
  const watched = watch?.();
  let begun = false;
  let waitedMs = 0;
  const patienceMs = () => {
    const patience = begun ? timeouts.chunkMs : firstOutputByMs - clock.monotonic();
    return Math.min(patience, timeouts.attemptMs - waitedMs);
  };
  const providerRequest: ProviderRequest = { model: target.model, ...request };
  let events: AsyncIterator<ProviderEvent> | undefined;
  let ended = false;
  let isShowing = false;
  try {
    const iterator = target.provider
      .stream(providerRequest, { signal: timer.signal })
      [Symbol.asyncIterator]();
    events = iterator;
    for (let finished = false; ; ) {
      const waitsSinceMs = clock.monotonic();
      const next = await timer.within(patienceMs(), iterator.next());
      waitedMs += clock.monotonic() - waitsSinceMs;
      if (next.done === true) {
        ended = true;
        if (finished) return;
        throw new GatewayError("provider_cut", "The reply ended without its end mark.");
      }
      const event = next.value;
      received.note(event);
      if (event.type !== "finish") watched?.(event);
      if (event.type === "finish") finished = true;
      else if (event.type !== "text-delta" && request.tools === undefined)
        throw new GatewayError("provider_malformed", "The provider calls a tool; this task offers none.");
      else if (event.type !== "text-delta" || event.delta !== "") {
        if (!begun) onFirstOutput();
        begun = true;
        if (!request.incremental) continue;
        isShowing = true;
        await show(event);
        isShowing = false;
      }
    }
  } catch (error) {
    throw isShowing ? error : asProviderFailure(error, signal);
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
