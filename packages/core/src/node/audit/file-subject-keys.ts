import { type Stats, statSync } from "node:fs";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { randomKey } from "../../audit/random-key.js";
import type { SubjectKeys } from "../../audit/subject-keys.js";
import { checkAuditOptions, pathOption } from "./check-audit-options.js";
import { lockFile } from "./file-lock.js";
import { syncFolder } from "./sync-folder.js";

/** Options of {@link fileSubjectKeys}. */
export interface FileSubjectKeysOptions {
  /** A file that only the server may read, and that no backup keeps: an old copy undoes an erasure. */
  readonly path: string;
}

/**
 * Keys in a file, for all processes of a machine. A new key is appended; dropping one writes the file anew, so that
 * nothing of it is left. A key that another process has dropped is not used again.
 *
 * @throws `invalid_config` with every mistake in the options.
 */
export function fileSubjectKeys(options: FileSubjectKeysOptions): SubjectKeys {
  checkAuditOptions(z.strictObject({ path: pathOption }), options);
  const { path } = options;
  let keys = new Map<string, string>();
  let read: Stats | undefined;

  /** Reads the file when it is another than the one that was read. Asking the system takes 2 µs. */
  async function refresh(): Promise<void> {
    const now = statSync(path, { throwIfNoEntry: false });
    if (isSame(now, read)) return;
    keys = now === undefined ? new Map() : parse(await readFile(path, "utf8"));
    read = now;
  }

  async function locked<Result>(work: () => Promise<Result>): Promise<Result> {
    await mkdir(dirname(path), { recursive: true });
    const lock = await lockFile(`${path}.lock`);
    try {
      await refresh();
      read = undefined; // unless all goes well
      const result = await work();
      read = statSync(path, { throwIfNoEntry: false });
      return result;
    } finally {
      await lock.release();
    }
  }

  async function make(subject: string): Promise<string> {
    const known = keys.get(subject);
    if (known !== undefined) return known; // another call was first
    const key = randomKey();
    // A line that was cut off by a crash must not swallow this one.
    await write(path, { text: `\n${subject} ${key}\n`, flags: "a" });
    keys.set(subject, key);
    return key;
  }

  return {
    async keyOf(subject, options) {
      await refresh();
      return keys.get(subject) ?? (options.make ? locked(() => make(subject)) : undefined);
    },
    erase: (subject) =>
      locked(async () => {
        if (!keys.delete(subject)) return false;
        const text = [...keys].map(([name, key]) => `${name} ${key}\n`).join("");
        await write(`${path}.new`, { text, flags: "w" });
        await rename(`${path}.new`, path);
        await syncFolder(dirname(path)); // else a power cut could bring the key back
        return true;
      }),
  };
}

const isSame = (a: Stats | undefined, b: Stats | undefined): boolean =>
  a?.ino === b?.ino && a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;

function parse(text: string): Map<string, string> {
  const lines = text.split("\n").map((line) => line.split(" "));
  return new Map(
    lines.flatMap(([subject, key]): [string, string][] =>
      subject !== undefined && key?.length === 64 ? [[subject, key]] : [],
    ),
  );
}

async function write(path: string, { text, flags }: { text: string; flags: string }): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.appendFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
