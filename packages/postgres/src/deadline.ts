import type { Clock } from "@levqor/core";

/** A point in time by which something must be done. */
export interface Deadline {
  /** Milliseconds that are left, at least 1. */
  leftMs(): number;
  readonly isOver: boolean;
  /** What `work` resolves to, unless the deadline comes first; then it rejects, and `work` goes on unheard. */
  race<Result>(work: Promise<Result>): Promise<Result>;
}

/** Makes a deadline `timeoutMs` from now. */
export function deadlineIn(timeoutMs: number, clock: Clock): Deadline {
  const endsAtMs = clock.monotonic() + timeoutMs;
  const leftMs = () => Math.max(1, Math.floor(endsAtMs - clock.monotonic()));
  return {
    leftMs,
    get isOver() {
      return clock.monotonic() >= endsAtMs;
    },
    race: (work) =>
      new Promise((resolve, reject) => {
        const late = () => reject(new Error(`PostgreSQL did not answer within ${timeoutMs} ms.`));
        const cancel = clock.setTimer(leftMs(), late);
        work.then(resolve, reject).finally(cancel);
      }),
  };
}
