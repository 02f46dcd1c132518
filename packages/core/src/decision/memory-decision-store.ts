import { LRUCache } from "lru-cache";
import { invalidConfig } from "../errors/invalid-config.js";
import type { DecisionRecord } from "../pipeline/decision-record.js";
import type { DecisionStore } from "./decision-store.js";

/** What {@link memoryDecisionStore} takes. */
export interface MemoryDecisionStoreOptions {
  /** Decisions kept; the oldest goes first. @default 1_000 */
  readonly maxDecisions?: number | undefined;
}

/** Decisions of this process. */
export interface MemoryDecisionStore extends DecisionStore {
  write(decision: DecisionRecord): void;
  find(requestId: string): DecisionRecord | undefined;
}

/**
 * Keeps the latest decisions in this process.
 *
 * @throws `invalid_config` when `maxDecisions` is no positive integer
 */
export function memoryDecisionStore(options: MemoryDecisionStoreOptions = {}): MemoryDecisionStore {
  const { maxDecisions = 1_000 } = options;
  if (!(Number.isSafeInteger(maxDecisions) && maxDecisions > 0))
    throw invalidConfig("Decision store", ["maxDecisions: must be a positive integer"]);
  const decisions = new LRUCache<string, DecisionRecord>({ max: maxDecisions });
  return {
    write(decision) {
      decisions.set(decision.requestId, decision); // the latest of a request id that was used twice
    },
    find: (requestId) => decisions.peek(requestId),
  };
}
