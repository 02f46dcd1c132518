import * as z from "zod";
import type { AuditRecord } from "../../audit/audit-record.js";
import type { AuditSink } from "../../audit/audit-sink.js";
import type { Clock } from "../../clock.js";
import { implementationSchema } from "../../errors/implementation-schema.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import type { Logger } from "../../logger.js";
import { unrefClock } from "../unref-clock.js";
import {
  checkAuditOptions,
  clockOption,
  countOption,
  durationOption,
  pathOption,
  sinkOption,
} from "./check-audit-options.js";
import { spoolQueue } from "./spool-queue.js";

/** Options of {@link spooledAuditSink}. */
export interface SpooledAuditSinkOptions {
  /** Gets the records as long as it takes them. */
  readonly sink: AuditSink;
  /** Folder on this machine's disk for the records that it does not take; several processes may share it. */
  readonly folder: string;
  /** Bytes that this process may take there; a record that does not fit is refused. @default 67_108_864 (64 MiB) */
  readonly maxBytes?: number | undefined;
  /** Milliseconds the sink may take for one record. @default 5_000 */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds until the first retry; doubles each time, up to 30 s. @default 1_000 */
  readonly retryMs?: number | undefined;
  /** Is told when records begin to wait and when none waits any more. @default none */
  readonly logger?: Logger | undefined;
  /** @default the machine's time */
  readonly clock?: Clock | undefined;
}

/** What a {@link SpooledAuditSink} has done since it was made. */
export interface SpoolStats {
  /** Records that were put on the disk. */
  readonly spooled: number;
  /** Records that came from the disk and that the sink has taken. */
  readonly delivered: number;
  /** Records that found no room on the disk either. */
  readonly refused: number;
  /** Bytes that wait now. */
  readonly pendingBytes: number;
}

/** A sink that keeps on the disk what another one does not take. */
export interface SpooledAuditSink extends AuditSink {
  readonly spools: true;
  stats(): SpoolStats;
}

const schema = z.strictObject({
  sink: sinkOption,
  folder: pathOption,
  maxBytes: countOption.optional(),
  timeoutMs: durationOption.optional(),
  retryMs: durationOption.optional(),
  logger: implementationSchema("info", "warn", "error"),
  clock: clockOption,
});

/**
 * Keeps records on the disk while a sink fails, and hands them over in their order when it works again, also after a
 * restart. A record is handed over at least once: twice, when the process dies in between or the sink was only slow.
 *
 * @throws `invalid_config` with every mistake in the options, and for a sink that makes pseudonyms: behind a spool, ids
 * would wait on the disk.
 */
export function spooledAuditSink(options: SpooledAuditSinkOptions): SpooledAuditSink {
  checkAuditOptions(schema, options);
  const { sink, folder, maxBytes = 67_108_864, timeoutMs = 5_000, retryMs = 1_000 } = options;
  const { clock = unrefClock, logger } = options;
  if ("eraseSubject" in sink)
    throw invalidConfig("The audit can't be set up", [
      "sink: would spool user ids; put pseudonymousAuditSink around spooledAuditSink",
    ]);
  const deliver = (record: AuditRecord) => withTimeout(async () => sink.write(record), { clock, timeoutMs });
  const queue = spoolQueue({ folder, maxBytes, retryMs, clock, logger, deliver });
  let spooled = 0;
  let refused = 0;

  async function spool(record: AuditRecord): Promise<void> {
    try {
      await queue.add(record);
      spooled += 1;
    } catch (error) {
      refused += 1;
      throw error;
    }
  }

  return {
    spools: true,
    stats: () => ({ spooled, refused, ...queue.stats() }),
    async write(record) {
      const isOpen = await queue.open();
      if (isOpen && queue.stats().pendingBytes > 0) return spool(record); // what waits goes first
      try {
        await deliver(record);
      } catch {
        await spool(record);
      }
    },
    async close() {
      await queue.close();
      await sink.close?.();
    },
  };
}

function withTimeout(
  work: () => Promise<void>,
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(timeoutMs, () => reject(new Error("The audit sink took too long.")));
    void work().then(resolve, reject).finally(cancel);
  });
}
