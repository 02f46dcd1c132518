import type { Database } from "../database.js";

/** The sealed head of a chain, as its table says; undefined when it has no entries yet. Nothing is checked. */
export async function headText(db: Database, partition: string): Promise<string | undefined> {
  const [row] = await db.query(`select head from ${db.prefix}ai_audit_heads where partition = $1`, () => [
    partition,
  ]);
  return row === undefined ? undefined : String(row["head"]);
}
