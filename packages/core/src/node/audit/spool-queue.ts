import type { AuditRecord } from "../../audit/audit-record.js";
import type { Clock } from "../../clock.js";
import type { Logger } from "../../logger.js";
import { retryTimer } from "./retry-timer.js";
import { type SpoolFile, spoolFile } from "./spool-file.js";
import { newSpoolPath, openSpoolFolder } from "./spool-folder.js";

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
  const { folder, maxBytes, logger } = options;
  const takeTurn = turns();
  let files: readonly SpoolFile[] = [];
  let opening: Promise<boolean> | undefined;
  let delivered = 0;
  const pendingBytes = () => files.reduce((sum, { bytes }) => sum + bytes, 0);
  const retry = retryTimer({ ...options, work: drain, isLeft: () => pendingBytes() > 0 });

  async function open(): Promise<boolean> {
    try {
      files = await openSpoolFolder(folder);
    } catch {
      opening = undefined; // the next record tries again
      return false;
    }
    if (pendingBytes() > 0) retry.plan();
    return true;
  }

  async function drain(): Promise<void> {
    try {
      while (pendingBytes() > 0)
        for (const file of files) {
          await drainFile(file, deliver, takeTurn);
          await takeTurn(removeEmptied);
        }
    } catch {
      return; // the sink fails still, or the disk does
    }
    logger?.info({}, "The audit sink works again; no record waits any more.");
  }

  /** The last file stays: it is the one that takes more. */
  async function removeEmptied(): Promise<void> {
    const emptied = files.filter((file, index) => file.bytes === 0 && index < files.length - 1);
    files = files.filter((file) => !emptied.includes(file));
    for (const file of emptied) await file.remove();
  }

  /** The file that takes the next line. Several of a limited size, so that what was handed over leaves the disk. */
  async function fileToFill(): Promise<SpoolFile> {
    const last = files.at(-1);
    if (last === undefined) throw new Error("The audit spool's folder can't be opened.");
    if (!last.isSpoilt && last.size < maxBytes / 16) return last;
    const next = await spoolFile(newSpoolPath(folder));
    files = [...files, next];
    return next;
  }

  async function deliver(record: AuditRecord): Promise<void> {
    await options.deliver(record);
    delivered += 1;
  }

  async function add(record: AuditRecord): Promise<void> {
    const line = JSON.stringify(record);
    const file = await fileToFill();
    const waiting = pendingBytes();
    const sizeOnDisk = files.reduce((sum, { size }) => sum + size, 0);
    if (sizeOnDisk + Buffer.byteLength(line) >= maxBytes) throw new Error("The audit spool is full.");
    await file.append(line);
    if (waiting === 0) logger?.warn({}, "The audit sink fails; records wait on the disk.");
    retry.plan();
  }

  return {
    open: () => (opening ??= open()),
    add: (record) => takeTurn(() => add(record)),
    stats: () => ({ delivered, pendingBytes: pendingBytes() }),
    async close() {
      await retry.stop();
      if (pendingBytes() > 0) await drain();
      if (pendingBytes() === 0) await files.at(-1)?.remove();
    },
  };
}

/** Hands over what waits in a file. What was taken before a failure is not handed over again. */
async function drainFile(
  file: SpoolFile,
  deliver: SpoolQueueOptions["deliver"],
  takeTurn: Turns,
): Promise<void> {
  try {
    for await (const { text, end } of file.lines()) {
      const record = parsed(text);
      if (record !== undefined) await deliver(record);
      file.drop(end);
    }
  } finally {
    await takeTurn(() => file.note());
  }
}

type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Runs one piece of work after the other: a file takes one line at a time, and is not emptied in the middle of one. */
function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {}); // its call is told
    return done;
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
