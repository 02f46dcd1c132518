import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { AuditChain } from "../../audit/audit-chain.js";
import type { AuditDraft } from "../../audit/audit-draft.js";
import type { AuditHead } from "../../audit/audit-head.js";
import { type ChainState, newChainState } from "../../audit/chain-state.js";
import type { DiskWriter } from "./disk-writer.js";
import { openHeadFile } from "./head-file.js";
import { type RecoveredFile, recoverFile } from "./recover-file.js";
import { syncFolder } from "./sync-folder.js";

/** A file that is open, and what is known of it. */
export interface OpenedFile {
  readonly inode: number;
  /** Bytes of it that are known. */
  readonly size: number;
  readonly state: ChainState;
  /** How far the chain has come by what this process has seen. */
  readonly known: AuditHead | undefined;
  /** Finds where a file goes on that has `size` bytes, of which not all are known; gives what is missing in it. */
  catchUp(size: number): Promise<RecoveredFile["gap"]>;
  /** Appends a draft, all of it or nothing. */
  write(draft: AuditDraft): Promise<void>;
  /** Notes the head of a file that will be empty, with a chain that is not. */
  noteRotation(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What an {@link OpenedFile} is made from. */
export interface OpenedFileOptions {
  readonly path: string;
  readonly chain: AuditChain | undefined;
  /** Whether a write waits for the disk. */
  readonly fsync: boolean;
  readonly disk: DiskWriter;
  /** How far the chain had come when this process last looked. */
  readonly known?: AuditHead | undefined;
}

/** Opens a file, made when it is missing, and the head beside it. */
export async function openFile(options: OpenedFileOptions): Promise<OpenedFile> {
  const { path, chain, fsync, disk } = options;
  const file = await open(path, "a+", 0o640);
  const head = chain && (await openHeadFile({ path, chain, disk, known: options.known }));
  if (fsync) await syncFolder(dirname(path));
  const { ino: inode } = await file.stat();
  let size = -1;
  let state = newChainState;

  return {
    inode,
    get size() {
      return size;
    },
    get state() {
      return state;
    },
    get known() {
      return head?.known;
    },
    async catchUp(found) {
      const recovered = await recoverFile({ file, size: found, chain, head: await head?.latest() });
      ({ state, size } = recovered);
      return recovered.gap;
    },
    async write(draft) {
      if (draft.lines.length === 0) return;
      const bytes = Buffer.from(`${draft.lines.join("\n")}\n`);
      try {
        await disk.write(file, bytes);
        if (fsync) await file.datasync();
      } catch (error) {
        await takeBack(file, size);
        throw error;
      }
      size += bytes.length;
      state = draft.state();
      await head?.note({ ...state, size }).catch(() => {
        size = -1; // the entries are there: the next append finds them without a head
      });
    },
    noteRotation: async () => head?.note({ ...state, size: 0 }).catch(() => {}),
    sync: () => file.sync(),
    async close() {
      await file.close();
      await head?.close();
    },
  };
}

/** Cuts off what a failed write has left; when that fails, too, the next append finds a torn line. */
const takeBack = (file: FileHandle, size: number): Promise<void> => file.truncate(size).catch(() => {});
