import type { Clock } from "../clock.js";
import { isGatewayError } from "../errors/gateway-error.js";

/** How long a vendor has asked to be left alone by its Retry-After, for all calls of the process. */
export interface QuietTime {
  readonly isOver: boolean;
  /** Listens to how an attempt failed. */
  noteFailure(error: unknown): void;
}

/** A vendor that asks for more is asked again after an hour. */
const mostMs = 3_600_000;
/** Timers may fire a little early: the call that waited itself must get in. */
const earlyMs = 5;

/** Makes the quiet time of one target. */
export function createQuietTime(clock: Clock): QuietTime {
  let untilMs = Number.NEGATIVE_INFINITY;
  return {
    get isOver() {
      return clock.monotonic() >= untilMs;
    },
    noteFailure(error) {
      if (!isGatewayError(error, "provider_rate_limited")) return;
      const { retryAfterMs = 0 } = error.details;
      untilMs = Math.max(untilMs, clock.monotonic() + Math.min(mostMs, retryAfterMs) - earlyMs);
    },
  };
}
