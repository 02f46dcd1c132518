import type { Clock, DecisionRecord } from "@levqor/core";
import type { Database } from "../database.js";
import { sqlStateOf } from "../sql-state.js";
import type { TraceRow } from "./trace-row.js";

/** The table `ai_traces`. */
export interface DecisionTable {
  /** Writes the first of these rows, and says how many: all, unless one of them can't be written. */
  insert(rows: readonly TraceRow[]): Promise<number>;
  /** The latest decision of a request. */
  find(requestId: string): Promise<DecisionRecord | undefined>;
  prune(): Promise<void>;
}

const DAY_MS = 86_400_000;
const PRUNED_AT_ONCE = 5_000;

/** Makes the statements. A given `clock` replaces the server's time. */
export function decisionTable(
  db: Database,
  { keepDays, clock }: { readonly keepDays: number; readonly clock: Clock | undefined },
): DecisionTable {
  const traces = `${db.prefix}ai_traces`;

  async function insertAll(rows: readonly TraceRow[]): Promise<void> {
    await db.query(
      `insert into ${traces} (request_id, tenant_id, task, outcome, started_at, decision) ` +
        "select request_id, tenant_id, task, outcome, to_timestamp(started_at_ms / 1000.0), decision::json " +
        "from json_to_recordset($1) as row (request_id text, tenant_id text, task text, outcome text, " +
        "started_at_ms bigint, decision text)",
      () => [JSON.stringify(rows)],
    );
  }

  return {
    async insert(rows) {
      try {
        await insertAll(rows);
        return rows.length;
      } catch (error) {
        // Class 22: a value is the reason. The others of the batch must not wait behind it for ever.
        if (!sqlStateOf(error)?.startsWith("22")) throw error;
        if (rows.length > 1) await insertAll(rows.slice(0, 1)).catch(throwUnlessValue);
        return 1;
      }
    },
    async find(requestId) {
      const text = `select decision::text from ${traces} where request_id = $1 order by id desc limit 1`;
      const [row] = await db.query(text, () => [requestId]);
      return row === undefined ? undefined : (JSON.parse(String(row["decision"])) as DecisionRecord); // as: was one
    },
    async prune() {
      const text =
        `delete from ${traces} where id = any (array(select id from ${traces} ` +
        "where started_at < coalesce(to_timestamp($1::bigint / 1000.0), now()) - $2 * interval '1 millisecond' " +
        `limit ${PRUNED_AT_ONCE} for update skip locked)) returning 1`;
      const values = [clock?.now() ?? null, keepDays * DAY_MS];
      for (let dropped = PRUNED_AT_ONCE; dropped === PRUNED_AT_ONCE; )
        dropped = (await db.query(text, () => values)).length;
    },
  };
}

function throwUnlessValue(error: unknown): void {
  if (!sqlStateOf(error)?.startsWith("22")) throw error;
}
