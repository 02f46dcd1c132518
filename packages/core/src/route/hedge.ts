import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";

/** What {@link hedged} needs. */
export interface HedgeOptions<Result> {
  /** Begins an attempt. Must settle soon after its signal aborts. */
  open(signal: AbortSignal, attempt: HedgeAttempt): Promise<Result>;
  /** How long the first attempt is alone, milliseconds. */
  readonly delayMs: number;
  readonly clock: Clock;
  /** The caller's. */
  readonly signal: AbortSignal;
  /** Asked once, when the first attempt is slow. A failure counts as no. */
  mayHedge(): Promise<boolean>;
  /** Gets a result that nobody wants: of the slower attempt, or of any when the caller has aborted. */
  discard(result: Result): void | Promise<void>;
}

/** Which of the two. */
export type HedgeAttempt = "first" | "second";

/** The result of the attempt that won. */
export interface Hedged<Result> {
  readonly result: Result;
  readonly attempt: HedgeAttempt;
  /**
   * Lets go of the caller's signal, which reaches the attempt's signal until then. Due when the result is used up;
   * resolves when the other attempt has ended, too.
   */
  release(): Promise<void>;
}

/**
 * Begins an attempt and, when that is slow, a second one; the first to succeed wins. The other is aborted, and its end
 * holds nothing up before `release`. Rejects with the first attempt's failure when none succeeds, and with the signal's
 * reason when the caller aborts, once both have ended. Retries nothing.
 */
export async function hedged<Result>(options: HedgeOptions<Result>): Promise<Hedged<Result>> {
  options.signal.throwIfAborted();
  const first = begin("first", options);
  const attempts = [first];
  if (await needsHedge(first, options)) attempts.push(begin("second", options));
  const winner = await Promise.any(attempts.map((attempt) => attempt.opened.then(() => attempt))).catch(
    () => first, // all have failed
  );
  const othersEnded = attempts.filter((attempt) => attempt !== winner).map(({ giveUp }) => giveUp());
  if (options.signal.aborted) {
    await Promise.all([...othersEnded, winner.giveUp()]);
    throw options.signal.reason;
  }
  return {
    result: await winner.opened,
    attempt: winner.name,
    async release() {
      winner.release();
      await Promise.all(othersEnded);
    },
  };
}

interface Attempt<Result> {
  readonly name: HedgeAttempt;
  readonly opened: Promise<Result>;
  /** Stops listening to the caller's signal. */
  release(): void;
  /** Aborts, and discards the result if there is one; resolves when that is done. */
  giveUp(): Promise<void>;
}

/** Made once: an error's stack is dear, and nobody reads this one. */
const slowerAttempt = new GatewayError("aborted", "Another attempt was faster.");

function begin<Result>(name: HedgeAttempt, { open, signal, discard }: HedgeOptions<Result>): Attempt<Result> {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const release = () => signal.removeEventListener("abort", onAbort);
  const opened = (async () => open(controller.signal, name))();
  opened.catch(release);
  return {
    name,
    opened,
    release,
    giveUp() {
      release();
      controller.abort(slowerAttempt);
      return opened.then(discard).catch(() => {}); // nobody is left to hear of it
    },
  };
}

/** Waits until the first attempt has ended, or is slow and a second one may begin. */
function needsHedge<Result>(
  { opened }: Attempt<Result>,
  { delayMs, clock, signal, mayHedge }: HedgeOptions<Result>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = async () => resolve((await mayHedge()) && !signal.aborted);
    const cancel = clock.setTimer(delayMs, () => ask().catch(() => resolve(false)));
    const ended = () => {
      cancel();
      resolve(false);
    };
    opened.then(ended, ended);
  });
}
