import { invalidConfig } from "@levqor/core";

/** Lower case only: such a name means the same with and without quotes. `pg_…` is the server's own. */
const plainName = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/;

/**
 * The name of a schema, checked, since it becomes part of statements.
 *
 * @throws `invalid_config` for any other name.
 */
export function schemaName(schema: string): string {
  if (typeof schema === "string" && plainName.test(schema)) return schema;
  throw invalidConfig("PostgreSQL can't be used", [
    "schema: must be a name of lower-case letters, digits and _, at most 63 long, not beginning with pg_",
  ]);
}
