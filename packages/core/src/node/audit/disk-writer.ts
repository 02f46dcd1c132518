import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** Writes to files of one disk. */
export interface DiskWriter {
  /** Writes all of it, at a position or at the file's end. */
  write(file: FileHandle, bytes: Uint8Array, position?: number): Promise<void>;
}

/** A write that took longer held up other work. */
const SLOW_MS = 20;
/** The ones after it don't for so long; then one tries whether the disk is quick again. */
const CAREFUL_MS = 2_000;

/**
 * Makes a writer. A write to the system's memory takes 3 µs, through the thread pool 40 µs of CPU; so it happens at once
 * while the disk is quick. After one that was not, writes go through the thread pool.
 */
export function diskWriter(): DiskWriter {
  let carefulUntil = 0;
  return {
    async write(file, bytes, position) {
      const startedAt = performance.now();
      const isCareful = startedAt < carefulUntil;
      for (let done = 0; done < bytes.length; ) {
        const at = position === undefined ? null : position + done;
        const left = bytes.length - done;
        done += isCareful
          ? (await file.write(bytes, done, left, at)).bytesWritten
          : writeSync(file.fd, bytes, done, left, at);
      }
      const now = performance.now();
      if (!isCareful && now - startedAt > SLOW_MS) carefulUntil = now + CAREFUL_MS;
    },
  };
}
