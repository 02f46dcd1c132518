import type { AuditChain, AuditRecord, AuditSink } from "@levqor/core";
import { batches } from "../batches.js";
import { database, type PostgresOptions } from "../database.js";
import { auditTable } from "./audit-table.js";

/** Options of {@link postgresAuditSink}. */
export interface PostgresAuditSinkOptions extends PostgresOptions {
  /** Chains the entries, so that later changes can be found: `hmacAuditChain({ key })`. */
  readonly chain: AuditChain;
  /** Records that may wait; one more is refused. @default 10_000 */
  readonly maxPending?: number | undefined;
}

/** More would hold up other work while they are chained. */
const MAX_BATCH = 200;

/**
 * Writes one entry a call to the table `ai_audit`. A call waits until its entry is committed; calls that end meanwhile
 * are written together. Any number of processes may write one chain: the database lets no two entries follow the same
 * one. `write` rejects when PostgreSQL does not take the record within twice `timeoutMs`: put the sink into a
 * `spooledAuditSink` to keep such records on the disk.
 */
export function postgresAuditSink(options: PostgresAuditSinkOptions): AuditSink {
  const { chain, maxPending = 10_000 } = options;
  const db = database(options);
  const { clock, timeoutMs } = db;
  const table = auditTable(db, chain);
  let isUsed = false;
  let cancelCheckpoint: (() => void) | undefined;
  const records = batches<AuditRecord>({
    ...{ maxBatch: MAX_BATCH, maxPending, timeoutMs, clock },
    async write(batch) {
      await table.append((draft) => {
        for (const record of batch) draft.addRecord(record);
      });
      planCheckpoint();
    },
  });

  function planCheckpoint(): void {
    const dueInMs = table.checkpointInMs();
    if (dueInMs === undefined || cancelCheckpoint !== undefined) return;
    cancelCheckpoint = clock.setTimer(dueInMs, () => {
      cancelCheckpoint = undefined;
      records.turn(() => table.append(() => {})).then(planCheckpoint, () => {}); // the next record tries again
    });
  }

  return {
    write(record) {
      isUsed = true;
      return records.add(record);
    },
    async close() {
      if (!isUsed) return;
      await records.turn(async () => {
        cancelCheckpoint?.();
        await table.append((draft) => draft.checkpoint({ final: true }));
      });
    },
  };
}
