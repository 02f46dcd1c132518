import type { AuditRecord } from "./audit-record.js";

/** Takes one record a call, refusals included. */
export interface AuditSink {
  write(record: AuditRecord): void | Promise<void>;
  /** Keeps what can't be written now for later; the policy `auditFailure: "spool"` asks for it. */
  readonly spools?: true | undefined;
  /** Writes what is still pending and lets go of files; called by `gateway.close()`. */
  close?(): void | Promise<void>;
}
