import { searchable } from "../searchable.js";

/** One row of `ai_audit`: the line that the chain covers, and copies of what one searches by. */
export interface AuditRow {
  readonly seq: number;
  readonly previous_hash: string;
  readonly hash: string;
  /** Null for the record of a call. */
  readonly entry: string | null;
  readonly time: string;
  readonly request_id: string | null;
  readonly tenant_id: string | null;
  readonly line: string;
}

/** The row of a line of the chain. */
export function auditRow(line: string): AuditRow {
  const { seq, previous_hash, hash, entry, time, request_id, tenant_id } = JSON.parse(line) as Readonly<
    Record<string, unknown>
  >; // as: written by a chain; whose it is not, the verifier says so
  const copy = (value: unknown) => (typeof value === "string" ? searchable(value) : null);
  return {
    ...{ seq: Number(seq), previous_hash: String(previous_hash), hash: String(hash), time: String(time) },
    ...{ entry: copy(entry), request_id: copy(request_id), tenant_id: copy(tenant_id), line },
  };
}
