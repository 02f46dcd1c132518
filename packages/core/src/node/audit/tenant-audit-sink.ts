import { createHash } from "node:crypto";
import { join } from "node:path";
import * as z from "zod";
import type { AuditSink } from "../../audit/audit-sink.js";
import { checkAuditOptions, countOption, functionOption, pathOption } from "./check-audit-options.js";

/** Options of {@link tenantAuditSink}. */
export interface TenantAuditSinkOptions {
  /** Folder of the files; a tenant's is named after the tenant, or after a digest when the id is no plain name. */
  readonly folder: string;
  /** Makes the sink of a tenant; `partition` is the tenant's id, `=none` for records without one. */
  readonly open: (tenant: { readonly path: string; readonly partition: string }) => AuditSink;
  /** Files that are open at a time; the one that was not used for longest is closed for the next. @default 100 */
  readonly maxOpen?: number | undefined;
}

const schema = z.strictObject({ folder: pathOption, open: functionOption, maxOpen: countOption.optional() });

/**
 * Keeps every tenant's records in a file and a chain of their own, so that a tenant can be given theirs, and verify
 * them, without seeing anybody else's.
 *
 * @throws `invalid_config` with every mistake in the options.
 * @example
 * tenantAuditSink({
 *   folder: "audit",
 *   open: ({ path, partition }) => ndjsonAuditSink({ path, chain: hmacAuditChain({ key, partition }) }),
 * });
 */
export function tenantAuditSink(options: TenantAuditSinkOptions): AuditSink {
  checkAuditOptions(schema, options);
  const { folder, open, maxOpen = 100 } = options;
  /** In the order of their last use. */
  const sinks = new Map<string, AuditSink>();

  async function sinkOf(partition: string): Promise<AuditSink> {
    const sink = sinks.get(partition) ?? open({ partition, path: join(folder, fileName(partition)) });
    sinks.delete(partition);
    sinks.set(partition, sink);
    const [oldest] = sinks;
    if (oldest === undefined || sinks.size <= maxOpen) return sink;
    sinks.delete(oldest[0]);
    await oldest[1].close?.();
    return sink;
  }

  return {
    async write(record) {
      const sink = await sinkOf(record.tenant_id || nobody);
      await sink.write(record);
    },
    async close() {
      const closing = [...sinks.values()];
      sinks.clear();
      await Promise.all(closing.map((sink) => sink.close?.()));
    },
  };
}

const nobody = "=none";

/** Lower case only: some file systems take `Acme` and `acme` for one. No id reads like a digest. */
function fileName(partition: string): string {
  const isPlain = partition === nobody || /^[a-z0-9][a-z0-9_-]{0,63}$/.test(partition);
  const name = isPlain ? partition : `=${createHash("sha256").update(partition).digest("hex").slice(0, 32)}`;
  return `${name}.ndjson`;
}
