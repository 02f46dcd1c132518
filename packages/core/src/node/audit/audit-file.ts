import { statSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { type AuditDraft, auditDraft } from "../../audit/audit-draft.js";
import type { AuditRecord } from "../../audit/audit-record.js";
import type { Clock } from "../../clock.js";
import { nextSegment } from "./audit-segments.js";
import { diskWriter } from "./disk-writer.js";
import { type FileLease, fileLease } from "./file-lease.js";
import { type OpenedFile, type OpenedFileOptions, openFile } from "./opened-file.js";

/** When a file is put aside for a new one. */
export interface AuditRotation {
  /** Once it has this many bytes. @default 104_857_600 (100 MiB) */
  readonly maxBytes?: number | undefined;
  /** At the first record of a new day, UTC. @default false */
  readonly daily?: boolean | undefined;
}

/** What an {@link AuditFile} is made from. */
export interface AuditFileOptions extends Omit<OpenedFileOptions, "disk" | "known"> {
  readonly rotate: AuditRotation | undefined;
  readonly clock: Clock;
}

/** A file that several processes append to. One append at a time; the next one waits for the one before. */
export interface AuditFile {
  /**
   * Appends the records that there are once the file is this process's, and the checkpoint that is due, if one is.
   * Afterwards all of them are there, or none.
   */
  append(take: () => readonly AuditRecord[]): Promise<void>;
  /** Milliseconds until a checkpoint is due; undefined when none is. */
  checkpointInMs(): number | undefined;
  /** Writes the last checkpoint and lets go of the file. The next append opens it again. */
  close(): Promise<void>;
}

/** What is longer, timers take for nothing. */
const LONGEST_TIMER_MS = 2_147_483_647;

type Lock = Awaited<ReturnType<FileLease["take"]>>;

/** Every append holds the file's lock: it goes on where another process stopped, and none can fork the chain. */
export function auditFile(options: AuditFileOptions): AuditFile {
  const { path, chain, clock } = options;
  const held = heldFile(options);
  const lease = fileLease(`${path}.lock`);

  async function locked(work: (lock: Lock) => Promise<void>): Promise<void> {
    if (held.state() === undefined) await mkdir(dirname(path), { recursive: true });
    const lock = await lease.take();
    try {
      await work(lock);
    } catch (error) {
      await held.letGo(); // the next append looks at the file anew
      throw error;
    } finally {
      await lease.done();
    }
  }

  return {
    append: (take) =>
      locked(async (lock) => {
        let { file, draft, modifiedMs } = await held.goOn(lock);
        if (isRotationDue(file.size, modifiedMs, options)) ({ file, draft } = await held.rotate(file, draft));
        for (const record of take()) draft.addRecord(record);
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
      if (held.state() !== undefined) {
        await locked(async (lock) => {
          const { file, draft } = await held.goOn(lock);
          draft.checkpoint({ final: true });
          await file.write(draft);
          await file.sync();
        });
        await held.letGo();
      }
      await lease.giveBack();
    },
  };
}

/** The file as it is now, and a draft that begins with what is missing in it. */
interface FileWithDraft {
  readonly file: OpenedFile;
  readonly draft: AuditDraft;
  readonly modifiedMs: number;
}

/** The file that is open at the moment, if one is. Its functions are for who holds the lock. */
function heldFile(options: AuditFileOptions) {
  const { path, chain, clock } = options;
  const disk = diskWriter();
  let opened: OpenedFile | undefined;
  let known: OpenedFile["known"];

  async function letGo(): Promise<void> {
    const leaving = opened;
    opened = undefined;
    known = leaving?.known ?? known;
    await leaving?.close();
  }

  async function goOn({ abandoned }: Pick<Lock, "abandoned">): Promise<FileWithDraft> {
    const info = statSync(path, { throwIfNoEntry: false }); // over the thread pool it costs 15 times as much
    if (opened?.inode !== info?.ino) await letGo(); // rotated by another process, moved away, deleted
    opened ??= await openFile({ ...options, disk, known });
    const size = info?.size ?? 0;
    const gap = opened.size === size ? undefined : await opened.catchUp(size);
    const draft = auditDraft(chain, opened.state, clock.now());
    if (gap !== undefined) draft.addGap(gap);
    else if (abandoned) draft.addGap({ reason: "writer_died", lost: 0 });
    return { file: opened, draft, modifiedMs: info?.mtimeMs ?? 0 };
  }

  async function rotate(file: OpenedFile, draft: AuditDraft): Promise<FileWithDraft> {
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

function isRotationDue(size: number, modifiedMs: number, { rotate, clock }: AuditFileOptions): boolean {
  if (rotate === undefined || size <= 0) return false;
  const { maxBytes = 104_857_600, daily = false } = rotate;
  return size >= maxBytes || (daily && utcDay(modifiedMs) !== utcDay(clock.now()));
}

const utcDay = (ms: number): number => Math.floor(ms / 86_400_000);
