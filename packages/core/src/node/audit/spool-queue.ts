import type { AuditRecord } from "../../audit/audit-record.js";
import type { Clock } from "../../clock.js";
import type { Logger } from "../../logger.js";
import { retryTimer } from "./retry-timer.js";
import { spoolFiles } from "./spool-files.js";

/** What a {@link SpoolQueue} is made from. */
export interface SpoolQueueOptions {
  readonly folder: string;
  /** Bytes on the disk. */
  readonly maxBytes: number;
  readonly retryMs: number;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
  /** Hands a record over; a rejection is tried again. */
  deliver(record: AuditRecord): Promise<void>;
}

/** Records that wait on the disk, and are handed over in the background. */
export interface SpoolQueue {
  /** Opens the folder once; false when that fails. */
  open(): Promise<boolean>;
  /** @throws when there is no room, or the disk fails. */
  add(record: AuditRecord): Promise<void>;
  stats(): { readonly delivered: number; readonly pendingBytes: number };
  /** Tries once more to hand everything over; what is left waits for the next start. */
  close(): Promise<void>;
}

/** Makes a queue; nothing is opened yet. */
export function spoolQueue(options: SpoolQueueOptions): SpoolQueue {
  const { logger } = options;
  const files = spoolFiles(options);
  let opening: Promise<boolean> | undefined;
  let delivered = 0;
  const retry = retryTimer({ ...options, work: drain, isLeft: () => files.pendingBytes() > 0 });

  async function open(): Promise<boolean> {
    try {
      await files.open();
    } catch {
      opening = undefined; // the next record tries again
      return false;
    }
    if (files.pendingBytes() > 0) retry.plan();
    return true;
  }

  async function drain(): Promise<void> {
    try {
      await files.drain(deliver);
    } catch {
      return; // the sink fails still, or the disk does
    }
    logger?.info({}, "The audit sink works again; no record waits any more.");
  }

  async function deliver(line: string): Promise<void> {
    const record = parsed(line);
    if (record === undefined) return;
    await options.deliver(record);
    delivered += 1;
  }

  return {
    open: () => (opening ??= open()),
    async add(record) {
      const isFirst = await files.append(JSON.stringify(record));
      if (isFirst) logger?.warn({}, "The audit sink fails; records wait on the disk.");
      retry.plan();
    },
    stats: () => ({ delivered, pendingBytes: files.pendingBytes() }),
    async close() {
      await retry.stop();
      if (files.pendingBytes() > 0) await drain();
      await files.close();
    },
  };
}

/** A line that a crash has torn is no record. */
function parsed(text: string): AuditRecord | undefined {
  try {
    return JSON.parse(text) as AuditRecord; // as: written by us
  } catch {
    return undefined;
  }
}
