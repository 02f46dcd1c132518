import type { Clock } from "../../clock.js";

/** Work that is tried again until nothing is left to do. */
export interface RetryTimer {
  /** Plans a try, unless one is planned or running. */
  plan(): void;
  /** Plans no more, and waits for a try that is running. */
  stop(): Promise<void>;
}

const MAX_RETRY_MS = 30_000;

/** Makes a timer; waits `retryMs` before the first try, twice as long before each next one, 30 s at most. */
export function retryTimer(options: {
  readonly clock: Clock;
  readonly retryMs: number;
  /** Must not reject. */
  work(): Promise<void>;
  isLeft(): boolean;
}): RetryTimer {
  const { clock, retryMs, work, isLeft } = options;
  let delayMs = retryMs;
  let running: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let stopped = false;

  async function attempt(): Promise<void> {
    await work();
    running = undefined;
    if (isLeft()) plan();
    else delayMs = retryMs;
  }

  function plan(): void {
    if (stopped || cancel !== undefined || running !== undefined) return;
    cancel = clock.setTimer(delayMs, () => {
      cancel = undefined;
      running = attempt();
    });
    delayMs = Math.min(MAX_RETRY_MS, delayMs * 2);
  }

  return {
    plan,
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
