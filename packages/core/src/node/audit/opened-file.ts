import { constants } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { AuditChain } from "../../audit/audit-chain.js";
import type { AuditDraft } from "./audit-draft.js";
import { type AuditHead, headPath, readHead, writeHead } from "./audit-head.js";
import { type ChainState, newChainState } from "./chain-state.js";
import { type RecoveredFile, recoverFile } from "./recover-file.js";

/** A file that is open, and what is known of it. */
export interface OpenedFile {
  readonly inode: number;
  /** Bytes of it that are known. */
  readonly size: number;
  readonly state: ChainState;
  /** How far the chain has come by what this process has seen. */
  readonly known: AuditHead | undefined;
  modifiedMs(): Promise<number>;
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
  /** How far the chain had come when this process last looked. */
  readonly known?: AuditHead | undefined;
}

/** Opens a file, made when it is missing, and the head beside it. */
export async function openFile(options: OpenedFileOptions): Promise<OpenedFile> {
  const { path, chain, fsync } = options;
  const file = await open(path, "a+");
  // Not opened for appending: then Linux writes at the end, whatever the position.
  const openHead = () => open(headPath(path), constants.O_RDWR | constants.O_CREAT);
  let headFile = chain && (await openHead());
  if (fsync) await syncFolder(path);
  const { ino: inode } = await file.stat();
  let size = -1;
  let state = newChainState;
  let { known } = options;

  /** The head on the disk, unless more is known here: that one may be gone, or an old copy. */
  async function latestHead(by: AuditChain): Promise<AuditHead | undefined> {
    const text = await readFile(headPath(path), "utf8").catch(async () => {
      await headFile?.close();
      headFile = await openHead();
      return "";
    });
    const head = readHead(text, by);
    return known !== undefined && known.seq > (head?.seq ?? 0) ? known : head;
  }
  const noteHead = async (about: { readonly size: number }): Promise<void> => {
    known = { ...state, ...about };
    if (chain !== undefined && headFile !== undefined) await writeHead(headFile, chain, known);
  };
  return {
    inode,
    get size() {
      return size;
    },
    get state() {
      return state;
    },
    get known() {
      return known;
    },
    modifiedMs: async () => (await file.stat()).mtimeMs,
    async catchUp(found) {
      const head = chain && (await latestHead(chain));
      const recovered = await recoverFile({ file, size: found, chain, head });
      ({ state, size } = recovered);
      return recovered.gap;
    },
    async write(draft) {
      const bytes = Buffer.from(draft.text());
      if (bytes.length === 0) return;
      try {
        await file.appendFile(bytes);
        if (fsync) await file.datasync();
      } catch (error) {
        await takeBack(file, size);
        throw error;
      }
      size += bytes.length;
      state = draft.state();
      await noteHead({ size }).catch(() => {
        size = -1; // the entries are there: the next append finds them without a head
      });
    },
    noteRotation: () => noteHead({ size: 0 }).catch(() => {}),
    sync: () => file.sync(),
    async close() {
      await file.close();
      await headFile?.close();
    },
  };
}

/** Cuts off what a failed write has left; when that fails, too, the next append finds a torn line. */
const takeBack = (file: FileHandle, size: number): Promise<void> => file.truncate(size).catch(() => {});

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), "r");
  await folder.sync().catch(() => {}); // not every file system can
  await folder.close();
}
