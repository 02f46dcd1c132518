import { type Clock, sleep } from "../clock.js";

/** Work that may be interrupted wherever it yields. */
export type Work<Result> = Generator<void, Result, void>;

/** How long other work waits for its turn, milliseconds. */
const sliceMs = 5;

/** Does all of it now. */
export function atOnce<Result>(work: Work<Result>): Result {
  let next = work.next();
  while (next.done !== true) next = work.next();
  return next.value;
}

/** Does it in slices of a few milliseconds, between which other work gets its turn. Rejects with the signal's reason. */
export async function inSlices<Result>(
  work: Work<Result>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<Result> {
  let sliceEndsMs = clock.monotonic() + sliceMs;
  for (let next = work.next(); ; next = work.next()) {
    if (next.done === true) return next.value;
    if (clock.monotonic() < sliceEndsMs) continue;
    await sleep(clock, 1, signal ?? never);
    sliceEndsMs = clock.monotonic() + sliceMs;
  }
}

const never = new AbortController().signal;
