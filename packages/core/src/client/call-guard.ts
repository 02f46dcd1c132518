import { type ClientError, createClientError } from "./client-error.js";

/** The longest delay that `setTimeout` keeps; a longer one fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Watches over one call: its caller's signals, and silence. */
export interface CallGuard {
  /** Aborts with the call; for `fetch`. */
  readonly signal: AbortSignal;
  /** Waits for the next thing to arrive; rejects when that takes `timeoutMs`, or when the caller aborts. */
  wait<Value>(promise: Promise<Value>): Promise<Value>;
  /** Waits for so long, whatever `timeoutMs` is; rejects when the caller aborts. */
  pause(ms: number): Promise<void>;
  /** Ends the call and frees everything that it held. */
  end(): void;
}

/** Starts a guard over the signals that there are. @throws `timeout`, `aborted` from `wait` and `pause` */
export function createCallGuard(
  timeoutMs = 30_000,
  callerSignals: readonly (AbortSignal | undefined)[] = [],
): CallGuard {
  const controller = new AbortController();
  let failure: ClientError | undefined;
  let interrupt: ((error: ClientError) => void) | undefined;

  const fail = (error: ClientError) => {
    failure = error;
    // Before the abort, so that this reason wins over fetch's own.
    interrupt?.(error);
    controller.abort(error);
  };
  const onAbort = () => {
    const aborted = callerSignals.find((signal) => signal?.aborted);
    fail(createClientError({ code: "aborted", message: "Stopped.", cause: aborted?.reason }));
  };
  for (const signal of callerSignals) signal?.addEventListener("abort", onAbort);
  if (callerSignals.some((signal) => signal?.aborted)) onAbort();

  /** Rejects when the call fails, else as `start` settles it; `start` gives back how to clean up. */
  function guarded<Value>(start: (settle: Settle<Value>) => () => void): Promise<Value> {
    let cleanUp = () => {};
    return new Promise<Value>((resolve, reject) => {
      interrupt = reject;
      if (failure) reject(failure);
      else cleanUp = start({ resolve, reject });
    }).finally(() => cleanUp());
  }

  return {
    signal: controller.signal,
    wait(promise) {
      // Nobody may be left to hear of a failure that comes after the call's own.
      promise.catch(() => {});
      return guarded(({ resolve, reject }) => {
        promise.then(resolve, reject);
        if (timeoutMs > longestTimerMs) return () => {};
        const timer = setTimeout(() => fail(createClientError({ code: "timeout" })), timeoutMs);
        return () => clearTimeout(timer);
      });
    },
    pause: (ms) =>
      guarded(({ resolve }) => {
        const timer = setTimeout(resolve, ms);
        return () => clearTimeout(timer);
      }),
    end() {
      for (const signal of callerSignals) signal?.removeEventListener("abort", onAbort);
      controller.abort();
    },
  };
}

interface Settle<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}
