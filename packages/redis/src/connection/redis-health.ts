/**
 * Remembers whether a server answers, so that one which does not costs one wait and not one for every call: after a
 * command that was not answered in time, all others fail at once for `restMs`. Then it is asked again: by one at a time
 * as long as an earlier command is still without an answer, by all when it is not.
 */
export interface RedisHealth {
  /** Whether a command may be sent now. Whoever got a yes ends it with one of the following. */
  mayAsk(): boolean;
  answered(): void;
  /** `wasSent`: its answer may still come, and `answeredLate` then tells. */
  timedOut(wasSent: boolean): void;
  answeredLate(): void;
  /** There is a new connection: what was not answered on the old one never will be. */
  reconnected(): void;
}

const restMs = 1_000;

/** A server that has not failed yet; `now` is monotonic. */
export function redisHealth(now: () => number = () => performance.now()): RedisHealth {
  let restEndsAtMs = 0;
  let unanswered = 0;
  let isTrying = false;
  const recover = () => {
    restEndsAtMs = 0;
    unanswered = 0;
    isTrying = false;
  };
  return {
    mayAsk() {
      if (now() < restEndsAtMs || (unanswered > 0 && isTrying)) return false;
      isTrying = unanswered > 0;
      return true;
    },
    answered: recover,
    timedOut(wasSent) {
      if (wasSent) unanswered += 1;
      isTrying = false;
      restEndsAtMs = now() + restMs;
    },
    answeredLate() {
      unanswered = Math.max(0, unanswered - 1);
    },
    reconnected: recover,
  };
}
