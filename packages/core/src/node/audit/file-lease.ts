import { existsSync, unlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type FileLock, lockFile } from "./file-lock.js";
import { lockRequest } from "./lock-request.js";

/** A file's lock that is kept from one use to the next while nobody else asks for it. One use at a time. */
export interface FileLease {
  /** Begins a use. The lock is `abandoned` for the first use only. */
  take(): Promise<Pick<FileLock, "abandoned" | "fresh">>;
  /** Ends a use. */
  done(): Promise<void>;
  giveBack(): Promise<void>;
}

/** Without a use for so long, it is given back. */
const IDLE_MS = 50;
/** How often it is looked whether somebody asks for it. */
const LOOK_MS = 10;
/** It is taken anew after so long: others take a lock that they see unchanged for 20 s for left over. */
const LONGEST_MS = 5_000;
/** After somebody else was met it is given back after every use, for so long. */
const SHARED_MS = 2_000;
/** Who has given it back waits so long at most for the one who asked. */
const GIVE_WAY_MS = 10;

/**
 * Makes a lease of the lock `path`. Taking a lock and giving it back takes six file operations, so that a process that
 * writes alone keeps it. Another one waits {@link LOOK_MS} and the use of that time at most.
 */
export function fileLease(path: string): FileLease {
  const request = lockRequest(path);
  let held: { readonly lock: FileLock; readonly takenAt: number; readonly timer: NodeJS.Timeout } | undefined;
  let inUse = false;
  let usedAt = 0;
  let sharedUntil = 0;
  let released: Promise<void> = Promise.resolve();

  async function giveBack(): Promise<void> {
    if (held === undefined) return released;
    const { lock, timer } = held;
    held = undefined;
    clearInterval(timer);
    unused.delete(path);
    const releasing = lock.release();
    released = releasing.catch(() => {}); // who gave it back is told
    await releasing;
  }

  function look(): void {
    const now = performance.now();
    if (request.isMade()) sharedUntil = now + SHARED_MS;
    if (!inUse && (now < sharedUntil || now - usedAt > IDLE_MS)) giveBack().catch(() => {}); // the next use finds it
  }

  async function takeAnew(): Promise<FileLock> {
    await released;
    const until = performance.now() + GIVE_WAY_MS;
    while (request.isMade() && !existsSync(path) && performance.now() < until) await wait(1);
    const lock = await lockFile(path);
    const takenAt = performance.now();
    if (lock.contended) sharedUntil = takenAt + SHARED_MS;
    held = { lock, takenAt, timer: setInterval(look, LOOK_MS) };
    return lock;
  }

  return {
    async take() {
      if (held !== undefined && !held.lock.fresh()) await giveBack();
      inUse = true;
      unused.delete(path);
      return held === undefined ? await takeAnew() : { abandoned: false, fresh: held.lock.fresh };
    },
    async done() {
      inUse = false;
      if (held === undefined) return;
      usedAt = performance.now();
      if (usedAt < sharedUntil || usedAt - held.takenAt > LONGEST_MS) await giveBack();
      else keep(path, held.lock);
    },
    giveBack,
  };
}

/** The locks that are kept at the moment, and not in use. */
const unused = new Map<string, FileLock>();
let isExitWatched = false;

/** A process that ends gives its locks back: it does not die while it writes. */
function keep(path: string, lock: FileLock): void {
  unused.set(path, lock);
  if (isExitWatched) return;
  isExitWatched = true;
  process.once("exit", () => {
    for (const [kept, { fresh }] of unused) if (fresh()) removeNow(kept);
  });
}

function removeNow(path: string): void {
  try {
    unlinkSync(path);
  } catch {} // its folder may be gone
}
