import { Pool, type PoolConfig } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { migrate } from "./migrate.js";

/** A schema of its own for a test file, with the tables in it, and a pool. */
export interface TestDatabase {
  readonly url: string;
  readonly schema: string;
  readonly pool: Pool;
  /** Another pool; it is ended with the file. */
  connect(config?: PoolConfig): Pool;
  /** The first row of a statement that is run in the schema. */
  row(sql: string, values?: unknown[]): Promise<Record<string, unknown>>;
  /** A schema with empty tables, for a test that must not see what others have done. */
  freshSchema(): Promise<string>;
}

let schemas = 0;

/** Makes it before the tests of a file and drops it after them. */
export function testDatabase(): TestDatabase {
  const url = inject("databaseUrl");
  const base = `test_${process.pid}_${Date.now().toString(36)}`;
  const pools: Pool[] = [];
  const made: string[] = [];
  const connect = (config: PoolConfig = {}) => {
    const pool = new Pool({ connectionString: url, max: 6, ...config });
    pools.push(pool);
    return pool;
  };
  const pool = connect();
  const freshSchema = async () => {
    const schema = `${base}_${schemas++}`;
    made.push(schema);
    await migrate(pool, { schema });
    return schema;
  };
  const schema = `${base}_${schemas++}`;
  made.push(schema);
  beforeAll(() => migrate(pool, { schema }));
  afterAll(async () => {
    for (const name of made) await pool.query(`drop schema if exists "${name}" cascade`);
    await Promise.all(pools.map((each) => each.end()));
  });
  return {
    url,
    schema,
    pool,
    connect,
    freshSchema,
    async row(sql, values) {
      const client = await pool.connect();
      try {
        await client.query(`set search_path to "${schema}"`);
        const { rows } = await client.query<Record<string, unknown>>(sql, values);
        return rows[0] ?? {};
      } finally {
        client.release(true);
      }
    },
  };
}
