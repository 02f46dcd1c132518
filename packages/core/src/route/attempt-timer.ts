import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";

/** The patience of one attempt, and the signal that carries its end to the provider. */
export interface AttemptTimer {
  /** Aborts when the caller's signal does, when a wait takes too long, or by `release`. */
  readonly signal: AbortSignal;
  /**
   * Waits for `promise` at most `limitMs`. Rejects as soon as the signal aborts, also when `promise` ignores it.
   *
   * @throws `provider_timeout`
   */
  within<Result>(limitMs: number, promise: Promise<Result>): Promise<Result>;
  /** Lets go of the caller's signal; a call that did not come to its end is aborted. */
  release(call: { readonly ended: boolean }): void;
}

/** Made once: an error's stack is dear, and nobody reads this one. */
const attemptOver = new GatewayError("aborted", "The attempt is over.");

/** Makes the timer of one attempt. Time that the consumer takes between two waits does not count. */
export function createAttemptTimer(clock: Clock, callerSignal: AbortSignal): AttemptTimer {
  const controller = new AbortController();
  let rejectWait: ((reason: unknown) => void) | undefined;
  let waitEndsMs = 0;
  let limitOfWaitMs = 0;
  let cancelTimer: (() => void) | undefined;
  let timerEndsMs = 0;

  const abort = (reason: unknown) => {
    controller.abort(reason);
    rejectWait?.(reason);
  };
  const onCallerAbort = () => abort(callerSignal.reason);
  if (callerSignal.aborted) onCallerAbort();
  else callerSignal.addEventListener("abort", onCallerAbort, { once: true });

  /** A stream waits for each of its pieces: one timer serves them all, and is set anew only when it is too late. */
  function setTimer(): void {
    if (cancelTimer !== undefined && timerEndsMs <= waitEndsMs) return;
    cancelTimer?.();
    timerEndsMs = waitEndsMs;
    cancelTimer = clock.setTimer(Math.max(0, waitEndsMs - clock.monotonic()), onTimer);
  }
  function onTimer(): void {
    cancelTimer = undefined;
    if (rejectWait === undefined) return; // the consumer takes its time
    if (clock.monotonic() < waitEndsMs) setTimer();
    else abort(silentFor(limitOfWaitMs));
  }

  return {
    signal: controller.signal,
    within: (limitMs, promise) =>
      new Promise((resolve, reject) => {
        if (controller.signal.aborted) {
          promise.catch(() => {}); // nobody waits for it any more
          return reject(controller.signal.reason);
        }
        limitOfWaitMs = Math.max(0, limitMs);
        waitEndsMs = clock.monotonic() + limitOfWaitMs;
        rejectWait = (reason) => {
          rejectWait = undefined;
          reject(reason);
        };
        setTimer();
        promise.then((result) => {
          rejectWait = undefined;
          resolve(result);
        }, rejectWait);
      }),
    release({ ended }) {
      cancelTimer?.();
      callerSignal.removeEventListener("abort", onCallerAbort);
      // An abort is dear: fetch makes an error for everyone who listens.
      if (!ended) controller.abort(attemptOver);
    },
  };
}

const silentFor = (limitMs: number) =>
  new GatewayError("provider_timeout", `The provider was silent for ${Math.round(limitMs)} ms.`);
