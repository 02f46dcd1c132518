import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { AuditSink } from "../audit/audit-sink.js";

/** Options of {@link ndjsonAuditSink}. */
export interface NdjsonAuditSinkOptions {
  /** File to append to; its folder is made when it is missing. */
  readonly path: string;
}

/**
 * Appends one line of JSON a call to a file. A call waits until its line is with the operating system; calls that end
 * meanwhile are written together.
 */
export function ndjsonAuditSink({ path }: NdjsonAuditSinkOptions): AuditSink {
  let opened: Promise<FileHandle> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting: { lines: string; readonly written: Promise<void> } | undefined;
  const openFile = async () => {
    await mkdir(dirname(path), { recursive: true });
    return open(path, "a");
  };
  async function writeWaiting(): Promise<void> {
    const { lines = "" } = waiting ?? {};
    waiting = undefined;
    opened ??= openFile();
    const file = await opened.catch((error) => {
      opened = undefined; // the next record tries again
      throw error;
    });
    await file.appendFile(lines);
  }
  return {
    write(record) {
      if (waiting === undefined) {
        const written = last.then(writeWaiting);
        last = written.catch(() => {}); // its calls are told
        waiting = { lines: "", written };
      }
      waiting.lines += `${JSON.stringify(record)}\n`;
      return waiting.written;
    },
    async close() {
      await last;
      const file = await opened;
      opened = undefined;
      await file?.close();
    },
  };
}
