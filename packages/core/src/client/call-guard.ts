import { type ClientError, createClientError } from "./client-error.js";

/** The longest delay that `setTimeout` keeps; a longer one fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Watches over one call: its caller's signal, and silence. */
export interface CallGuard {
  /** Aborts with the call; for `fetch`. */
  readonly signal: AbortSignal;
  /** Waits for the next thing to arrive; rejects when that takes `timeoutMs`, or when the caller aborts. */
  wait<Value>(promise: Promise<Value>): Promise<Value>;
  /** Ends the call and frees everything that it held. */
  end(): void;
}

/** Starts a guard. @throws `timeout`, `aborted` from `wait` */
export function createCallGuard(timeoutMs: number, callerSignal: AbortSignal | undefined): CallGuard {
  const controller = new AbortController();
  let failure: ClientError | undefined;
  let interrupt: ((error: ClientError) => void) | undefined;

  const fail = (error: ClientError) => {
    failure = error;
    // Before the abort, so that this reason wins over fetch's own.
    interrupt?.(error);
    controller.abort(error);
  };
  const onAbort = () =>
    fail(createClientError({ code: "aborted", message: "Stopped.", cause: callerSignal?.reason }));
  if (callerSignal?.aborted) onAbort();
  else callerSignal?.addEventListener("abort", onAbort);

  return {
    signal: controller.signal,
    wait<Value>(promise: Promise<Value>) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      return new Promise<Value>((resolve, reject) => {
        promise.then(resolve, reject);
        interrupt = reject;
        if (failure) reject(failure);
        else if (timeoutMs <= longestTimerMs) {
          timer = setTimeout(() => fail(createClientError({ code: "timeout" })), timeoutMs);
        }
      }).finally(() => clearTimeout(timer));
    },
    end() {
      callerSignal?.removeEventListener("abort", onAbort);
      controller.abort();
    },
  };
}
