import { randomUUID } from "node:crypto";
import { open, readFile, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { isWriterAlive } from "./is-writer-alive.js";
import { lockRequest } from "./lock-request.js";

/** Held by one writer at a time, of any process on the machine. */
export interface FileLock {
  /** Whether the one before died holding it. */
  readonly abandoned: boolean;
  /** Whether somebody who is alive had it before, and was waited for. */
  readonly contended: boolean;
  /** Whether it is still safely ours: false long before anybody else may take it. */
  fresh(): boolean;
  release(): Promise<void>;
}

/** Nobody holds a lock for half as long: one that was seen unchanged for so long is left over. */
const STALE_MS = 20_000;
const FRESH_MS = 10_000;
const GIVE_UP_MS = 40_000;
/** A lock without a name gets one at once, or its maker died; who was slower than half of this does not take it. */
const UNNAMED_STALE_MS = 1_000;
/** How long a lock with our own process number must be seen before its date is believed. */
const OWN_NUMBER_MS = 200;

interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/** A lock that is in the way. */
interface Obstacle {
  /** Absent when its writer died before he had written his name, or has not yet. */
  readonly owner: Owner | undefined;
  readonly wroteAtMs: number;
  /** Tells it from every other lock. */
  readonly identity: string;
}

/**
 * Takes the lock `path`, a file that exists while it is held. A lock whose process died is broken: at once when that
 * was on this machine, else when it was seen unchanged for `staleMs`.
 *
 * @throws when it can't be created, or when others keep it for 40 s.
 */
export async function lockFile(path: string, { staleMs = STALE_MS } = {}): Promise<FileLock> {
  const token = randomUUID();
  const text = JSON.stringify({ token, pid: process.pid, host: hostname() } satisfies Owner);
  const startedAt = performance.now();
  const request = lockRequest(path);
  let abandoned = false;
  let contended = false;
  let seen: { readonly identity: string; readonly sinceMs: number } | undefined;
  while (!(await taken(path, { text, token }))) {
    const obstacle = await look(path);
    if (seen === undefined || seen.identity !== obstacle?.identity)
      seen = obstacle && { identity: obstacle.identity, sinceMs: performance.now() };
    // Its age is what was seen of it: clocks jump, and machines sleep.
    const ageMs = seen === undefined ? 0 : performance.now() - seen.sinceMs;
    if (obstacle !== undefined && isStale(obstacle, { ageMs, staleMs }))
      abandoned = (await breakLock(path, obstacle)) || abandoned;
    else if (performance.now() - startedAt > GIVE_UP_MS)
      throw new Error("The audit file stayed locked by another process.");
    else {
      if (contended) await request.make(); // mostly it is free before it is looked again
      contended ||= obstacle !== undefined;
      await wait(1 + Math.random() * 4);
    }
  }
  await request.withdraw(); // also one of somebody who died
  const takenAt = performance.now();
  return {
    abandoned,
    contended,
    fresh: () => performance.now() - takenAt < FRESH_MS,
    release: () =>
      performance.now() - takenAt < FRESH_MS ? unlink(path).catch(ignoreMissing) : unlinkOwn(path, token),
  };
}

/** False when another has it, or when naming it took so long that another may have broken it. */
async function taken(path: string, { text, token }: { text: string; token: string }): Promise<boolean> {
  const askedAt = performance.now();
  if (!(await created(path, text))) return false;
  if (performance.now() - askedAt < UNNAMED_STALE_MS / 2) return true;
  await unlinkOwn(path, token);
  return false;
}

async function unlinkOwn(path: string, token: string): Promise<void> {
  if ((await ownerOf(path))?.token === token) await unlink(path).catch(ignoreMissing);
}

/** Creates a file with its text, or not at all. */
async function created(path: string, text: string): Promise<boolean> {
  const file = await open(path, "wx").catch((error) => {
    if (codeOf(error) !== "EEXIST") throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(text);
    return true;
  } catch (error) {
    await unlink(path).catch(ignoreMissing); // on a full disk it would lock everybody out
    throw error;
  } finally {
    await file.close();
  }
}

/** Undefined when nothing is in the way any more. */
async function look(path: string): Promise<Obstacle | undefined> {
  const info = await stat(path).catch(ignoreMissing);
  if (info === undefined) return undefined;
  const owner = await ownerOf(path);
  return { owner, wroteAtMs: info.mtimeMs, identity: `${info.ino} ${info.ctimeMs} ${owner?.token}` };
}

function isStale(
  { owner, wroteAtMs }: Obstacle,
  { ageMs, staleMs }: { readonly ageMs: number; readonly staleMs: number },
): boolean {
  if (ageMs > (owner === undefined ? Math.min(staleMs, UNNAMED_STALE_MS) : staleMs)) return true;
  if (owner === undefined || owner.host !== hostname()) return false;
  if (owner.pid === process.pid && ageMs < OWN_NUMBER_MS) return false;
  return !isWriterAlive({ pid: owner.pid, wroteAtMs });
}

/**
 * Removes a stale lock exactly once, however many find it stale: only who creates the breaker's file of this very lock
 * may, and only while it is still there.
 */
async function breakLock(path: string, obstacle: Obstacle): Promise<boolean> {
  const breaker = `${path}.${obstacle.owner?.token ?? "unnamed"}`;
  if (!(await created(breaker, ""))) {
    // Its maker died in between when it is as old as this.
    const info = await stat(breaker).catch(ignoreMissing);
    if (info !== undefined && Date.now() - info.mtimeMs > STALE_MS)
      await unlink(breaker).catch(ignoreMissing);
    else await wait(2);
    return false;
  }
  try {
    if ((await look(path))?.identity !== obstacle.identity) return false;
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
