/** Amounts that came close together; all of them are counted until a window after `lastMs`. */
export interface Burst {
  readonly firstMs: number;
  lastMs: number;
  /** 0 once the burst has left the window. */
  amount: number;
}

/** What one caller used of one limit, the oldest first. */
export interface SlidingLog {
  readonly bursts: Burst[];
  total: number;
}

/** A limit of a sliding window. */
export interface SlidingLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** A burst spans at most this part of the window, which bounds the bursts of one log. */
const burstsPerWindow = 16;

/**
 * A sliding-window log in which amounts that come close together share an entry. Nothing is counted shorter than its
 * window, so no window of that length ever holds more than the limit, and at most a sixteenth of a window longer. A
 * log costs at most 17 entries, whatever the limit is.
 */
export function slidingLog(): SlidingLog {
  return { bursts: [], total: 0 };
}

/** What counts now; what has left the window is forgotten. */
export function countedIn(log: SlidingLog, windowMs: number, nowMs: number): number {
  const { bursts } = log;
  for (
    let oldest = bursts[0];
    oldest !== undefined && nowMs - oldest.lastMs >= windowMs;
    oldest = bursts[0]
  ) {
    log.total -= oldest.amount;
    oldest.amount = 0;
    bursts.shift();
  }
  return log.total;
}

/** Milliseconds until `amount` more fits; 0 when it fits now, a whole window when it never will. Counts nothing. */
export function waitMs(
  log: SlidingLog,
  { limit, windowMs }: SlidingLimit,
  now: { readonly amount: number; readonly nowMs: number },
): number {
  const { amount, nowMs } = now;
  let excess = countedIn(log, windowMs, nowMs) + amount - limit;
  if (excess <= 0) return 0;
  for (const burst of log.bursts) {
    excess -= burst.amount;
    if (excess <= 0) return Math.ceil(burst.lastMs + windowMs - nowMs);
  }
  return Math.ceil(windowMs);
}

/** Counts `amount` and answers with the entry it is part of. */
export function addTo(
  log: SlidingLog,
  windowMs: number,
  now: { readonly amount: number; readonly nowMs: number },
): Burst {
  const { amount, nowMs } = now;
  log.total += amount;
  const newest = log.bursts.at(-1);
  if (newest !== undefined && nowMs - newest.firstMs < windowMs / burstsPerWindow) {
    newest.lastMs = nowMs;
    newest.amount += amount;
    return newest;
  }
  const burst = { firstMs: nowMs, lastMs: nowMs, amount };
  log.bursts.push(burst);
  return burst;
}

/** Takes `amount` back from an entry of the log, unless the entry has left it. */
export function takeBack(log: SlidingLog, burst: Burst, amount: number): void {
  const taken = Math.min(burst.amount, amount);
  burst.amount -= taken;
  log.total -= taken;
}
