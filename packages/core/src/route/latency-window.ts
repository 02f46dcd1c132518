/** How long the last calls to one target took. */
export interface LatencyWindow {
  /** Counts a call that took `durationMs`. */
  note(durationMs: number): void;
  /** Counts a call that was given up after `durationMs`, when it was among the slow ones: else they would be forgotten. */
  noteGivenUp(durationMs: number): void;
  /** Milliseconds within which 95 of 100 of the last calls were done; absent while too few are known. */
  p95(): number | undefined;
}

const remembered = 100;
const fewest = 20;

/** Remembers the last 100 durations; 20 are enough for a figure. */
export function createLatencyWindow(): LatencyWindow {
  const durationsMs = new Float64Array(remembered);
  let noted = 0;
  let figure: number | undefined;
  let isFresh = true;
  const note = (durationMs: number) => {
    durationsMs[noted++ % remembered] = durationMs;
    isFresh = false;
  };
  const p95 = () => {
    if (isFresh || noted < fewest) return figure;
    const sorted = durationsMs.slice(0, Math.min(noted, remembered)).sort();
    figure = sorted[Math.ceil(sorted.length * 0.95) - 1];
    isFresh = true;
    return figure;
  };
  return {
    note,
    noteGivenUp(durationMs) {
      if (durationMs > (p95() ?? Number.POSITIVE_INFINITY)) note(durationMs);
    },
    p95,
  };
}
