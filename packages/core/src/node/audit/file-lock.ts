import { randomUUID } from "node:crypto";
import { readFile, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { isWriterAlive } from "./is-writer-alive.js";

/** Held by one writer at a time, of any process on the machine. */
export interface FileLock {
  /** Whether the one before died holding it. */
  readonly abandoned: boolean;
  /** Whether it is still safely ours: false long before anybody else may take it. */
  fresh(): boolean;
  release(): Promise<void>;
}

/** Nobody holds a lock for longer than a batch takes; a lock of this age is left over. */
const STALE_MS = 20_000;
const FRESH_MS = 10_000;
const GIVE_UP_MS = 40_000;

interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * Takes the lock `path`, a file that exists while it is held. A lock whose process died is broken: at once when that
 * was on this machine, else by its age.
 *
 * @throws when it can't be created, or when others keep it for 40 s.
 */
export async function lockFile(path: string): Promise<FileLock> {
  const token = randomUUID();
  const text = JSON.stringify({ token, pid: process.pid, host: hostname() } satisfies Owner);
  const giveUpAt = performance.now() + GIVE_UP_MS;
  let abandoned = false;
  while (!(await created(path, text))) {
    if (await isStale(path)) abandoned = (await breakLock(path)) || abandoned;
    else if (performance.now() > giveUpAt)
      throw new Error("The audit file stayed locked by another process.");
    else await wait(1 + Math.random() * 4);
  }
  const takenAt = performance.now();
  return {
    abandoned,
    fresh: () => performance.now() - takenAt < FRESH_MS,
    async release() {
      if (performance.now() - takenAt < FRESH_MS || (await ownerOf(path))?.token === token)
        await unlink(path).catch(ignoreMissing);
    },
  };
}

async function created(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const [owner, info] = await Promise.all([ownerOf(path), stat(path).catch(ignoreMissing)]);
  if (info === undefined) return false; // just released
  if (Date.now() - info.mtimeMs > STALE_MS) return true;
  if (owner === undefined || owner.host !== hostname()) return false;
  return !isWriterAlive({ pid: owner.pid, wroteAtMs: info.mtimeMs });
}

/**
 * Removes a stale lock exactly once, however many find it stale: only who creates the breaker's file of this very lock
 * may, and only while it is still there.
 */
async function breakLock(path: string): Promise<boolean> {
  const owner = await ownerOf(path);
  const breaker = `${path}.${owner?.token ?? "unread"}`;
  if (!(await created(breaker, ""))) {
    const info = await stat(breaker).catch(ignoreMissing);
    if (info !== undefined && Date.now() - info.mtimeMs > STALE_MS)
      await unlink(breaker).catch(ignoreMissing);
    else await wait(2);
    return false;
  }
  try {
    const found = await ownerOf(path);
    if (found?.token !== owner?.token || !(await isStale(path))) return false;
    await unlink(path).catch(ignoreMissing);
    return true;
  } finally {
    await unlink(breaker).catch(ignoreMissing);
  }
}

/** Undefined when there is no lock, or its writer died before it was written. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  const text = await readFile(path, "utf8").catch(ignoreMissing);
  try {
    const { token, pid, host } = JSON.parse(text ?? "") as Partial<Owner>;
    return typeof token === "string" &&
      /^[\w-]{36}$/.test(token) &&
      typeof pid === "number" &&
      host !== undefined
      ? { token, pid, host }
      : undefined;
  } catch {
    return undefined;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

const codeOf = (error: unknown): unknown => Object(error).code;
