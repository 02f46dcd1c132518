import type { AuditRecord } from "../audit/audit-record.js";
import type { AuditSink } from "../audit/audit-sink.js";

/** An audit sink that keeps its records for a test to read. */
export interface MemoryAuditSink extends AuditSink {
  readonly records: readonly AuditRecord[];
}

/** Makes an empty one. */
export function memoryAuditSink(): MemoryAuditSink {
  const records: AuditRecord[] = [];
  return {
    records,
    write(record) {
      records.push(record);
    },
  };
}
