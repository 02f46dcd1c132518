import { constants } from "node:fs";
import { open, readFile } from "node:fs/promises";
import type { AuditChain } from "../../audit/audit-chain.js";
import { type AuditHead, readHead, sealHead } from "../../audit/audit-head.js";
import type { DiskWriter } from "./disk-writer.js";

/** The head beside a chained file, open for writing. */
export interface HeadFile {
  /** How far the chain has come by what this process has seen. */
  readonly known: AuditHead | undefined;
  /** The head on the disk, unless more is known here: that one may be gone, or an old copy. */
  latest(): Promise<AuditHead | undefined>;
  note(head: AuditHead): Promise<void>;
  close(): Promise<void>;
}

/** Written in place, in whole blocks: shorter text leaves nothing of a longer one behind. */
const BLOCK_BYTES = 512;

/** The path of a file's head. */
export const headPath = (path: string): string => `${path}.head`;

/** Opens the head of the file `path`, made when it is missing. */
export async function openHeadFile(options: {
  readonly path: string;
  readonly chain: AuditChain;
  readonly disk: DiskWriter;
  /** How far the chain had come when this process last looked. */
  readonly known: AuditHead | undefined;
}): Promise<HeadFile> {
  const { path, chain, disk } = options;
  let { known } = options;
  // Not opened for appending: then Linux writes at the end, whatever the position.
  const opened = () => open(headPath(path), constants.O_RDWR | constants.O_CREAT, 0o640);
  let file = await opened();
  return {
    get known() {
      return known;
    },
    async latest() {
      const text = await readFile(headPath(path), "utf8").catch(async () => {
        await file.close(); // it was deleted
        file = await opened();
        return "";
      });
      const head = readHead(text, chain);
      return known !== undefined && known.seq > (head?.seq ?? 0) ? known : head;
    },
    async note(head) {
      known = head;
      const text = `${sealHead(chain, head)}\n`;
      const blocks = Math.ceil(Buffer.byteLength(text) / BLOCK_BYTES);
      const padded = Buffer.allocUnsafe(blocks * BLOCK_BYTES).fill(" ");
      padded.write(text);
      await disk.write(file, padded, 0);
    },
    close: () => file.close(),
  };
}
