import { type DecisionRecord, type DecisionStore, invalidConfig, type Logger } from "@levqor/core";
import { database, type PostgresOptions } from "../database.js";
import { searchable } from "../searchable.js";
import { decisionQueue } from "./decision-queue.js";
import { decisionTable } from "./decision-table.js";
import { type TraceRow, traceRow } from "./trace-row.js";

/** Options of {@link postgresDecisionStore}. */
export interface PostgresDecisionStoreOptions extends PostgresOptions {
  /** Days that decisions are kept. @default 30 */
  readonly keepDays?: number | undefined;
  /** Decisions that may wait in memory for PostgreSQL; one more is refused. @default 10_000 */
  readonly maxPending?: number | undefined;
  /** Is told when decisions begin to wait and when none waits any more. @default none */
  readonly logger?: Logger | undefined;
}

/** Decisions in the table `ai_traces`. */
export interface PostgresDecisionStore extends DecisionStore {
  /** Takes the decision and returns; it is written soon. Throws when too many wait. */
  write(decision: DecisionRecord): void;
  find(requestId: string): Promise<DecisionRecord | undefined>;
  /** Drops what is older than `keepDays`; happens by itself once an hour. */
  prune(): Promise<void>;
  /** Decisions that wait. */
  readonly pending: number;
  /** Writes what waits. Rejects when PostgreSQL does not take it. */
  flush(): Promise<void>;
}

const PRUNE_MS = 3_600_000;

/**
 * Keeps decisions in PostgreSQL, so that any process finds what was decided about a request. Writing costs a call no
 * round trip: decisions are written in batches behind it, and again while PostgreSQL does not answer.
 *
 * @throws `invalid_config` for options that make no sense.
 */
export function postgresDecisionStore(options: PostgresDecisionStoreOptions): PostgresDecisionStore {
  const { keepDays = 30, maxPending = 10_000, logger } = options;
  if (!(keepDays > 0)) throw invalidConfig("Decision store", ["keepDays: must be more than 0"]);
  const db = database(options);
  const { clock } = db;
  const table = decisionTable(db, { keepDays, clock: options.clock });
  let prunedAtMs = clock.monotonic();

  async function insert(rows: readonly TraceRow[]): Promise<number> {
    const written = await table.insert(rows);
    if (clock.monotonic() - prunedAtMs < PRUNE_MS) return written;
    prunedAtMs = clock.monotonic();
    table.prune().catch(() => {}); // the next hour tries again
    return written;
  }
  const queue = decisionQueue({ insert, maxPending, clock, logger });

  return {
    write: (decision) => queue.add(traceRow(decision)),
    async find(requestId) {
      const id = searchable(requestId);
      const here = queue.find(id);
      return here === undefined ? table.find(id) : JSON.parse(here.decision);
    },
    prune: () => table.prune(),
    get pending() {
      return queue.pending;
    },
    flush: () => queue.flush(),
  };
}
