import { createReadStream } from "node:fs";
import { appendFile, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { type AuditLine, auditLines } from "./audit-lines.js";

/** Lines that wait on the disk, first in, first out. */
export interface SpoolFile {
  /** Bytes that wait. */
  readonly bytes: number;
  /** Bytes that it takes on the disk: what was taken stays until all is. */
  readonly size: number;
  /** A line was written by half and can't be taken back: what is there is good, no more may follow. */
  readonly isSpoilt: boolean;
  /** Adds one line. One call at a time. */
  append(line: string): Promise<void>;
  /** The lines that wait, up to the last whole one at this moment. */
  lines(): AsyncGenerator<AuditLine, void, void>;
  /** Takes lines off the front: `end` is where the last of them ends, as {@link SpoolFile.lines} said. */
  drop(end: number): void;
  /** Writes down how much was taken; without it, a restart takes it again. Empties the file when all was. */
  note(): Promise<void>;
  remove(): Promise<void>;
}

/** Opens a spool file, which need not exist. */
export async function spoolFile(path: string): Promise<SpoolFile> {
  const notePath = `${path}.taken`;
  let size = (await stat(path).catch(() => undefined))?.size ?? 0;
  let taken = Math.min(size, Number(await readFile(notePath, "utf8").catch(() => "0")) || 0);
  let noted = taken;
  let isSpoilt = false;
  return {
    get bytes() {
      return size - taken;
    },
    get size() {
      return size;
    },
    get isSpoilt() {
      return isSpoilt;
    },
    async append(line) {
      const text = `${line}\n`;
      try {
        await appendFile(path, text, { mode: 0o600 });
        size += Buffer.byteLength(text);
      } catch (error) {
        await truncate(path, size).catch(() => {
          isSpoilt = true;
        });
        throw error;
      }
    },
    async *lines() {
      if (size === taken) return;
      const start = taken;
      const chunks = createReadStream(path, { start, end: size - 1 });
      for await (const line of auditLines(chunks)) yield { ...line, end: start + line.end };
    },
    drop(end) {
      taken = end;
    },
    async note() {
      if (size > taken) {
        if (noted !== taken) await writeFile(notePath, String(taken));
        noted = taken;
        return;
      }
      await truncate(path, 0).catch(() => {});
      await rm(notePath, { force: true });
      size = 0;
      taken = 0;
      noted = 0;
    },
    async remove() {
      await rm(path, { force: true });
      await rm(notePath, { force: true });
    },
  };
}
