import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { AuditSink } from "../audit/audit-sink.js";

/** Options of {@link ndjsonAuditSink}. */
export interface NdjsonAuditSinkOptions {
  /** File to append to; its folder is made when it is missing. */
  readonly path: string;
}

/** Appends one line of JSON a call to a file. A call waits until its line is with the operating system. */
export function ndjsonAuditSink({ path }: NdjsonAuditSinkOptions): AuditSink {
  let opened: Promise<FileHandle> | undefined;
  const openFile = async () => {
    await mkdir(dirname(path), { recursive: true });
    return open(path, "a");
  };
  return {
    async write(record) {
      opened ??= openFile();
      const file = await opened.catch((error) => {
        opened = undefined; // the next record tries again
        throw error;
      });
      await file.appendFile(`${JSON.stringify(record)}\n`);
    },
    async close() {
      const file = await opened;
      opened = undefined;
      await file?.close();
    },
  };
}
