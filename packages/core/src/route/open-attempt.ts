import type { TextOrToolEvent } from "../provider/provider.js";
import { hedged } from "./hedge.js";
import type { AttemptLimits } from "./read-provider.js";
import { type RetryPolicy, retry } from "./retry.js";
import type { RetryBudget } from "./retry-budget.js";
import type { RouteRequest } from "./router.js";
import { type AttemptResult, type Lane, runAttempt } from "./run-attempt.js";

/** What bounds the attempts of one call. */
export interface OpenLimits extends AttemptLimits {
  readonly policy: AttemptLimits["policy"] & {
    readonly retry: RetryPolicy;
    /** Whether a second attempt is made beside one that is slower than 95 % of those before. */
    readonly hedge: boolean;
    readonly random: () => number;
  };
  readonly retryBudget: RetryBudget;
}

/** How often an attempt may be made again. */
export interface Retries {
  readonly maxRetries: number;
  /** Asked before each retry: whether money and retry budget suffice. */
  readonly affordsRetry: () => Promise<boolean>;
}

/** An attempt that has got past the commit point. */
export interface Opened<Output> {
  /** What came until then. */
  readonly held: readonly TextOrToolEvent[];
  readonly rest: AsyncGenerator<TextOrToolEvent, AttemptResult<Output>, void>;
  /** Set when the whole reply was there at once. */
  readonly result: AttemptResult<Output> | undefined;
  /** Due when nobody reads it on: ends the attempt and has it report itself. */
  end(): Promise<void>;
}

/** Bounds of what is held back before the commit point (`docs/guide/streams.md`). */
const mostHeldEvents = 64;
const mostHeldCharacters = 262_144;

/**
 * Tries until an answer has reached its commit point: the first real output, or the whole reply when nobody reads it as
 * it comes. A failure before that leaves nothing behind but its report.
 */
export async function openAttempt<Output>(
  lane: Lane,
  request: RouteRequest<Output>,
  { limits, maxRetries, affordsRetry }: Retries & { readonly limits: OpenLimits },
): Promise<Opened<Output>> {
  const { retryBudget, deadlineMs } = limits;
  const { clock, random, hedge, retry: policy } = limits.policy;
  const { signal } = request;
  const open = (attemptSignal: AbortSignal) => {
    const own = attemptSignal === signal ? request : { ...request, signal: attemptSignal };
    return toCommitPoint(runAttempt(lane, own, limits), request.request.incremental);
  };
  let opened: Opened<Output> | undefined;
  const attempt = async () => {
    const delayMs = hedge ? lane.latency.p95() : undefined;
    opened = delayMs === undefined ? await open(signal) : await openHedged(delayMs);
    return opened;
  };
  const openHedged = async (delayMs: number): Promise<Opened<Output>> => {
    const mayHedge = async () => retryBudget.take() && (await request.affords(lane.target, { parallel: 2 }));
    const discard = (slower: Opened<Output>) => slower.end();
    const { result, release } = await hedged({ open, delayMs, clock, signal, mayHedge, discard });
    return { ...result, end: () => result.end().finally(release) };
  };
  try {
    const about = { clock, random, signal, deadlineMs, affordsRetry };
    return await retry(attempt, { ...about, policy: { ...policy, maxRetries } });
  } catch (error) {
    await opened?.end(); // aborted just as it opened
    throw error;
  }
}

async function toCommitPoint<Output>(
  rest: AsyncGenerator<TextOrToolEvent, AttemptResult<Output>, void>,
  incremental: boolean,
): Promise<Opened<Output>> {
  const held: TextOrToolEvent[] = [];
  const end = async () => void (await rest.return(undefined as never)); // never: nobody reads it
  let characters = 0;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return { held, rest, result: next.value, end };
    held.push(next.value);
    if (next.value.type === "text-delta") characters += next.value.delta.length;
    const isFull = held.length >= mostHeldEvents || characters >= mostHeldCharacters;
    if (incremental && (isFull || isRealOutput(next.value))) return { held, rest, result: undefined, end };
  }
}

/** White space alone shows nothing. */
const isRealOutput = (event: TextOrToolEvent) => event.type !== "text-delta" || event.delta.trim() !== "";
