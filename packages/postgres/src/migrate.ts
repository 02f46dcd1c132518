import { createHash } from "node:crypto";
import { invalidConfig } from "@levqor/core";
import { unrefClock } from "@levqor/core/node";
import { borrowClient } from "./borrow-client.js";
import { checkedTimeout } from "./checked-timeout.js";
import { deadlineIn } from "./deadline.js";
import { type Migration, migrationFiles, shippedFolder } from "./migration-files.js";
import type { PostgresClient, PostgresPool } from "./postgres-pool.js";
import { schemaName } from "./schema-name.js";

/** Options of {@link migrate}. */
export interface MigrateOptions {
  /** Schema for the tables; it is made when it is missing. @default "public" */
  readonly schema?: string | undefined;
  /** Milliseconds for everything, with the wait for another process that migrates. @default 60_000 */
  readonly timeoutMs?: number | undefined;
  /** Folder of the SQL files, for programs that are bundled into one file. @default the package's own */
  readonly folder?: string | undefined;
}

/**
 * Makes the tables, or brings them up to date: every SQL file of this package once, all in one transaction. Several
 * processes may start it at the same time; one does the work, the others wait for it.
 *
 * @returns names of the files that were applied; none when everything was there.
 * @throws `invalid_config` for a schema that is no plain name, and when a file is not the one that was applied.
 */
export async function migrate(pool: PostgresPool, options: MigrateOptions = {}): Promise<readonly string[]> {
  const { timeoutMs = 60_000, folder = shippedFolder() } = options;
  const schema = schemaName(options.schema ?? "public");
  const deadline = deadlineIn(checkedTimeout(timeoutMs), unrefClock);
  const migrations = await migrationFiles(folder);
  const client = await borrowClient(pool, deadline);
  try {
    const applied = await deadline.race(applyMissing(client, { schema, migrations }));
    client.release();
    return applied;
  } catch (error) {
    client.release(true); // with the connection its transaction ends
    throw error;
  }
}

async function applyMissing(
  client: PostgresClient,
  { schema, migrations }: { readonly schema: string; readonly migrations: readonly Migration[] },
): Promise<readonly string[]> {
  await client.query("begin isolation level read committed");
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`levqor.migrate.${schema}`]);
  const { rows } = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
  // Asked first: `if not exists` needs the right to make schemas even when there is nothing to make.
  if (rows.length === 0) await client.query(`create schema "${schema}"`);
  await client.query(`set local search_path to "${schema}", pg_temp`);
  await client.query(
    "create table if not exists ai_migrations (version int primary key, name text not null, " +
      "digest text not null, applied_at timestamptz not null default now())",
  );
  const missing = missingOf(
    migrations,
    (await client.query("select version, digest from ai_migrations")).rows,
  );
  for (const migration of missing) {
    await client.query(migration.sql);
    const values = [migration.version, migration.name, digestOf(migration)];
    await client.query("insert into ai_migrations (version, name, digest) values ($1, $2, $3)", values);
  }
  await client.query("commit");
  return missing.map(({ name }) => name);
}

/** What was not applied yet. Versions that only the database knows are of a newer package, and left alone. */
function missingOf(migrations: readonly Migration[], rows: readonly unknown[]): readonly Migration[] {
  const applied = new Map(
    rows.map((row) => [Number(Reflect.get(Object(row), "version")), Reflect.get(Object(row), "digest")]),
  );
  const changed = migrations.filter(
    (migration) => applied.has(migration.version) && applied.get(migration.version) !== digestOf(migration),
  );
  if (changed.length > 0)
    throw invalidConfig(
      "The database can't be migrated",
      changed.map(
        ({ name }) => `${name}: was changed after it had been applied; put changes into a new file`,
      ),
    );
  return migrations.filter(({ version }) => !applied.has(version));
}

const digestOf = ({ sql }: Migration): string => createHash("sha256").update(sql).digest("hex");
