import { mkdir, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type AuditDraft, auditDraft } from "../../audit/audit-draft.js";
import type { AuditRecord } from "../../audit/audit-record.js";
import type { Clock } from "../../clock.js";
import { nextSegment } from "./audit-segments.js";
import { type FileLock, lockFile } from "./file-lock.js";
import { type OpenedFile, type OpenedFileOptions, openFile } from "./opened-file.js";

/** When a file is put aside for a new one. */
export interface AuditRotation {
  /** Once it has this many bytes. @default 104_857_600 (100 MiB) */
  readonly maxBytes?: number | undefined;
  /** At the first record of a new day, UTC. @default false */
  readonly daily?: boolean | undefined;
}

/** What an {@link AuditFile} is made from. */
export interface AuditFileOptions extends OpenedFileOptions {
  readonly rotate: AuditRotation | undefined;
  readonly clock: Clock;
}

/** A file that several processes append to. One append at a time; the next one waits for the one before. */
export interface AuditFile {
  /** Appends records and the checkpoint that is due, if one is. Afterwards all of them are there, or none. */
  append(records: readonly AuditRecord[]): Promise<void>;
  /** Milliseconds until a checkpoint is due; undefined when none is. */
  checkpointInMs(): number | undefined;
  /** Writes the last checkpoint and lets go of the file. The next append opens it again. */
  close(): Promise<void>;
}

/** What is longer, timers take for nothing. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Every append holds the file's lock: it goes on where another process stopped, and none can fork the chain. */
export function auditFile(options: AuditFileOptions): AuditFile {
  const { path, chain, clock } = options;
  const held = heldFile(options);

  async function locked(work: (lock: FileLock) => Promise<void>): Promise<void> {
    if (held.state() === undefined) await mkdir(dirname(path), { recursive: true });
    const lock = await lockFile(`${path}.lock`);
    try {
      await work(lock);
    } catch (error) {
      await held.letGo(); // the next append looks at the file anew
      throw error;
    } finally {
      await lock.release();
    }
  }

  return {
    append: (records) =>
      locked(async (lock) => {
        let [file, draft] = await held.goOn(lock);
        if (await isRotationDue(file, options)) [file, draft] = await held.rotate(file, draft);
        for (const record of records) draft.addRecord(record);
        draft.checkpointIfDue();
        if (!lock.fresh()) throw new Error("The audit file's lock was held for too long.");
        await file.write(draft);
      }),
    checkpointInMs() {
      const state = held.state();
      if (chain === undefined || state === undefined || state.unchecked === 0) return undefined;
      const dueInMs = state.uncheckedSinceMs + chain.checkpointMs - clock.now();
      return Math.max(0, Math.min(dueInMs, chain.checkpointMs, LONGEST_TIMER_MS)); // the clock may have gone back
    },
    async close() {
      if (held.state() === undefined) return;
      await locked(async (lock) => {
        const [file, draft] = await held.goOn(lock);
        draft.checkpoint({ final: true });
        await file.write(draft);
        await file.sync();
      });
      await held.letGo();
    },
  };
}

/** The file that is open at the moment, if one is. Its functions are for who holds the lock. */
function heldFile(options: AuditFileOptions) {
  const { path, chain, clock } = options;
  let opened: OpenedFile | undefined;
  let known: OpenedFile["known"];

  async function letGo(): Promise<void> {
    const leaving = opened;
    opened = undefined;
    known = leaving?.known ?? known;
    await leaving?.close();
  }

  /** The file as it is now, and a draft that begins with what is missing in it. */
  async function goOn({ abandoned }: Pick<FileLock, "abandoned">): Promise<[OpenedFile, AuditDraft]> {
    const info = await stat(path).catch(() => undefined);
    if (opened?.inode !== info?.ino) await letGo(); // rotated by another process, moved away, deleted
    opened ??= await openFile({ ...options, known });
    const size = info?.size ?? 0;
    const gap = opened.size === size ? undefined : await opened.catchUp(size);
    const draft = auditDraft(chain, opened.state, clock.now());
    if (gap !== undefined) draft.addGap(gap);
    else if (abandoned) draft.addGap({ reason: "writer_died", lost: 0 });
    return [opened, draft];
  }

  async function rotate(file: OpenedFile, draft: AuditDraft): Promise<[OpenedFile, AuditDraft]> {
    draft.checkpoint({ final: false });
    await file.write(draft);
    await file.sync();
    await file.noteRotation(); // first: after a crash between the two the head still fits the old file
    await rename(path, await nextSegment(path));
    await letGo();
    return goOn({ abandoned: false });
  }

  return { goOn, rotate, letGo, state: () => opened?.state };
}

async function isRotationDue(file: OpenedFile, { rotate, clock }: AuditFileOptions): Promise<boolean> {
  if (rotate === undefined || file.size <= 0) return false;
  const { maxBytes = 104_857_600, daily = false } = rotate;
  return file.size >= maxBytes || (daily && utcDay(await file.modifiedMs()) !== utcDay(clock.now()));
}

const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
