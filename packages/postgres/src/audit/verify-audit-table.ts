import type { AuditProblem, AuditVerification } from "@levqor/core";
import { hmacAuditChain, type VerifyAuditOptions, verifyAudit } from "@levqor/core/node";
import { readHead } from "@levqor/core/stores";
import { type Database, database, type PostgresOptions, type Row } from "../database.js";
import type { PostgresPool } from "../postgres-pool.js";
import { auditRow } from "./audit-row.js";
import { headText } from "./head-text.js";

/** Options of {@link verifyAuditTable}: give the key, the public key or both. */
export interface VerifyAuditTableOptions
  extends Omit<VerifyAuditOptions, "partition" | "partial">,
    Omit<PostgresOptions, "pool"> {
  /** Name of the chain. @default "all" */
  readonly partition?: string | undefined;
  /** Milliseconds that reading 1,000 entries may take. @default 30_000 */
  readonly timeoutMs?: number | undefined;
}

const PAGE = 1_000;

/**
 * Checks a chain in `ai_audit` from its first entry to its last and names the first thing that is wrong, as
 * `verifyAudit` does for a file: also when entries are missing at the end, and when a column says something else than
 * the entry. The `line` of a problem is the number of the row, in the chain's order.
 *
 * @throws `invalid_config` without a key; what PostgreSQL says when the table can't be read.
 */
export async function verifyAuditTable(
  pool: PostgresPool,
  options: VerifyAuditTableOptions,
): Promise<AuditVerification> {
  const { partition = "all", timeoutMs = 30_000, key, publicKey } = options;
  const db = database({ ...options, pool, timeoutMs });
  // Read before the entries: a writer at work may be ahead of it, never behind.
  const text = await headText(db, partition);
  const sealed = key && text ? readHead(text, hmacAuditChain({ key, partition })) : undefined;
  const head = options.head ?? sealed;
  const verdict = await verifyAudit(linesOf(db, partition), { key, publicKey, partition, head });
  if (!verdict.ok || key === undefined || sealed !== undefined) return verdict;
  return { ...verdict, ok: false, problem: headProblem(verdict, text === undefined) };
}

async function* linesOf(db: Database, partition: string): AsyncGenerator<string> {
  const columns =
    "line, seq::text, previous_hash, hash, entry, request_id, tenant_id, " +
    "(extract(epoch from time) * 1000)::bigint::text as time_ms";
  const text = `select ${columns} from ${db.prefix}ai_audit as entry_row where partition = $1 and seq > $2 order by entry_row.seq limit ${PAGE}`;
  for (let seq = "0", rows: readonly Row[] = [{}]; rows.length > 0; ) {
    rows = await db.query(text, () => [partition, seq]);
    seq = String(rows.at(-1)?.["seq"]);
    for (const row of rows) yield isFaithful(row) ? String(row["line"]) : contradiction;
  }
}

/** What no chain has written: a row whose columns contradict its line counts as changed. */
const contradiction = "{}";

function isFaithful(row: Row): boolean {
  try {
    const { time, seq, ...copies } = auditRow(String(row["line"]));
    if (String(seq) !== row["seq"] || String(Date.parse(time)) !== row["time_ms"]) return false;
    return Object.entries(copies).every(([name, value]) => row[name] === value);
  } catch {
    return false;
  }
}

function headProblem({ entries }: AuditVerification, isGone: boolean): AuditProblem {
  return isGone
    ? { kind: "truncation", line: entries + 1, message: "the chain's head is gone: entries may be missing" }
    : { kind: "edit", line: entries + 1, message: "the chain's head was changed or made up" };
}
