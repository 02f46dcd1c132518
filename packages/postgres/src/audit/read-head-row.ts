import type { Database } from "../database.js";
import type { HeadRow } from "./audit-table-head.js";

/** How far a chain has come, as its table says; undefined when it has no entries yet. Nothing is checked. */
export async function readHeadRow(db: Database, partition: string): Promise<HeadRow | undefined> {
  const [row] = await db.query(
    `select to_jsonb(head)::text as head from ${db.prefix}ai_audit_heads as head where partition = $1`,
    () => [partition],
  );
  return row === undefined ? undefined : (JSON.parse(String(row["head"])) as HeadRow); // as: a row of our table
}
