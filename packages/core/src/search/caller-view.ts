/** The documents that one caller sees. Counts and averages come from them alone, so that hidden ones leave no trace. */
export interface CallerView {
  /** Whether nothing is hidden or removed. */
  readonly isEverything: boolean;
  isVisible(slot: number): boolean;
  /** How many documents there are. */
  readonly count: number;
  /** Words of a document, on average; at least 1. */
  readonly averageLength: number;
}

/** How many of these documents the caller sees. */
export function countVisible(slots: readonly number[], view: CallerView): number {
  if (view.isEverything) return slots.length;
  let count = 0;
  for (const slot of slots) if (view.isVisible(slot)) count++;
  return count;
}
