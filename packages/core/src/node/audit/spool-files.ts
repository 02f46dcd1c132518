import { type SpoolFile, spoolFile } from "./spool-file.js";
import { newSpoolPath, openSpoolFolder } from "./spool-folder.js";

/** The files of a spool, oldest first: several of a limited size, so that what was handed over leaves the disk. */
export interface SpoolFiles {
  open(): Promise<void>;
  /** Bytes of the lines that wait. */
  pendingBytes(): number;
  /**
   * Adds a line; true when none waited before.
   *
   * @throws when there is no room, or the disk fails.
   */
  append(line: string): Promise<boolean>;
  /** Hands over line after line until none waits; what `take` has rejected, and all behind it, stays. */
  drain(take: (line: string) => Promise<void>): Promise<void>;
  /** Removes the last file when no line waits. */
  close(): Promise<void>;
}

/** Makes the files of a process, which may take `maxBytes` on the disk; nothing is opened yet. */
export function spoolFiles(options: { readonly folder: string; readonly maxBytes: number }): SpoolFiles {
  const { folder, maxBytes } = options;
  const takeTurn = turns();
  let files: readonly SpoolFile[] = [];
  const pendingBytes = () => files.reduce((sum, { bytes }) => sum + bytes, 0);

  async function fileToFill(): Promise<SpoolFile> {
    const last = files.at(-1);
    if (last === undefined) throw new Error("The audit spool's folder can't be opened.");
    if (!last.isSpoilt && last.size < maxBytes / 16) return last;
    const next = await spoolFile(newSpoolPath(folder));
    files = [...files, next];
    return next;
  }

  async function append(line: string): Promise<boolean> {
    const file = await fileToFill();
    const wasEmpty = pendingBytes() === 0;
    const sizeOnDisk = files.reduce((sum, { size }) => sum + size, 0);
    if (sizeOnDisk + Buffer.byteLength(line) >= maxBytes) throw new Error("The audit spool is full.");
    await file.append(line);
    return wasEmpty;
  }

  /** The last file stays: it is the one that takes more. */
  async function removeEmptied(): Promise<void> {
    const emptied = files.filter((file, index) => file.bytes === 0 && index < files.length - 1);
    files = files.filter((file) => !emptied.includes(file));
    for (const file of emptied) await file.remove();
  }

  return {
    async open() {
      files = await openSpoolFolder(folder);
    },
    pendingBytes,
    append: (line) => takeTurn(() => append(line)),
    async drain(take) {
      while (pendingBytes() > 0)
        for (const file of files) {
          await drainFile(file, take).finally(() => takeTurn(() => file.note()));
          await takeTurn(removeEmptied);
        }
    },
    async close() {
      if (pendingBytes() === 0) await files.at(-1)?.remove();
    },
  };
}

/** What was taken before a failure is not handed over again. */
async function drainFile(file: SpoolFile, take: (line: string) => Promise<void>): Promise<void> {
  for await (const { text, end } of file.lines()) {
    await take(text);
    file.drop(end);
  }
}

type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Runs one piece of work after the other: a file takes one line at a time, and is not emptied in the middle of one. */
function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {}); // its call is told
    return done;
  };
}
