import { type FlagRule, invalidConfig, type PolicyStore } from "@levqor/core";
import { database, type PostgresOptions } from "../database.js";
import { listenForPolicy } from "./policy-listener.js";

/** A policy in PostgreSQL. */
export interface PostgresPolicyStore extends PolicyStore {
  /**
   * Sets one flag, or takes it back, without publishing a document: a row of `ai_feature_flags`. It goes before the
   * document's own flag of that name, and is a new version of the document to all who follow.
   */
  setFlag(name: string, rule: FlagRule | undefined): Promise<void>;
}

/**
 * Keeps the policy in PostgreSQL: every process follows it as soon as it is published, over `LISTEN`, on one connection
 * of the pool that is kept for it, and reads it again when that connection was lost meanwhile. The table keeps every
 * version.
 *
 * A publication that fails with `store_unavailable` may be in force all the same: read, and look at the version.
 *
 * @throws `invalid_config` for options that make no sense.
 * @example
 * const store = postgresPolicyStore({ pool });
 * await store.publish({ version: 1, switches: { tasks: { chat: false } } });
 */
export function postgresPolicyStore(options: PostgresOptions): PostgresPolicyStore {
  const { pool, schema = "public" } = options;
  const db = database(options);
  const { prefix, clock, timeoutMs } = db;

  return {
    async read() {
      const [row] = await db.query(
        `select version::text, document::text, ` +
          `(select json_object_agg(name, rule)::text from ${prefix}ai_feature_flags) as flags ` +
          `from ${prefix}ai_config as config order by config.version desc limit 1`,
      );
      if (row === undefined) return undefined;
      const document = JSON.parse(String(row["document"]));
      const { flags } = row;
      return {
        ...document,
        version: Number(row["version"]),
        ...(flags === null ? {} : { flags: { ...document.flags, ...JSON.parse(String(flags)) } }),
      };
    },
    watch(onChange, signal) {
      const look = () => void onChange().catch(() => {}); // the gateway tells what is wrong with a document
      void listenForPolicy({ pool, schema, timeoutMs, clock, signal, onChange: look });
    },
    async publish({ version, ...document }) {
      const published = Number.isSafeInteger(version)
        ? await db.query(
            `insert into ${prefix}ai_config (version, document) select $1::bigint, $2::json ` +
              `where $1::bigint = (select coalesce(max(version), 0) + 1 from ${prefix}ai_config) ` +
              "on conflict do nothing returning version",
            () => [version, JSON.stringify(document)],
          )
        : [];
      if (published.length > 0) return;
      const [row] = await db.query(`select coalesce(max(version), 0) + 1 as next from ${prefix}ai_config`);
      throw invalidConfig("The policy stays as it was", [
        `version: must be ${Number(row?.["next"])}, the next one`,
      ]);
    },
    async setFlag(name, rule) {
      if (name === "") throw invalidConfig("The flag can't be set", ["name: must not be empty"]);
      if (rule === undefined)
        await db.query(`delete from ${prefix}ai_feature_flags where name = $1`, () => [name]);
      else
        await db.query(
          `insert into ${prefix}ai_feature_flags (name, rule) values ($1, $2) ` +
            "on conflict (name) do update set rule = excluded.rule, updated_at = now()",
          () => [name, JSON.stringify(rule)],
        );
    },
  };
}
