import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";

/** Somebody waits for a lock: a file beside it, for the process that keeps the lock from one use to the next. */
export interface LockRequest {
  isMade(): boolean;
  /** One that can't be made is none: the waiting takes longer. */
  make(): Promise<void>;
  /** By who got the lock, whoever made it; others that wait make it again. */
  withdraw(): Promise<void>;
}

/** The request for the lock `path`. */
export function lockRequest(path: string): LockRequest {
  const request = `${path}.wanted`;
  const isMade = () => existsSync(request);
  return {
    isMade,
    async make() {
      if (!isMade()) await writeFile(request, "").catch(() => {});
    },
    async withdraw() {
      if (isMade()) await rm(request, { force: true }).catch(() => {});
    },
  };
}
