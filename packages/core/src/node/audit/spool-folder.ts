import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { isWriterAlive } from "./is-writer-alive.js";
import { type SpoolFile, spoolFile } from "./spool-file.js";

const namePattern = /^(\d+)-[\w-]{36}\.spool$/;

/** Makes the name of a file that is this process's own. */
export const newSpoolPath = (folder: string): string =>
  join(folder, `${process.pid}-${crypto.randomUUID()}.spool`);

/**
 * Opens the files of a folder that this process is to empty: those that dead processes have left, oldest first, then
 * one of its own. A file is taken by renaming it, so that no two processes take the same.
 */
export async function openSpoolFolder(folder: string): Promise<readonly SpoolFile[]> {
  await mkdir(folder, { recursive: true });
  const left: { readonly path: string; readonly wroteAtMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const pid = Number(namePattern.exec(name)?.[1]);
    const info = await stat(join(folder, name)).catch(() => undefined);
    if (Number.isNaN(pid) || info === undefined || isWriterAlive({ pid, wroteAtMs: info.mtimeMs })) continue;
    const path = newSpoolPath(folder);
    if (await moved(join(folder, name), path)) left.push({ path, wroteAtMs: info.mtimeMs });
  }
  left.sort((a, b) => a.wroteAtMs - b.wroteAtMs);
  return Promise.all([...left.map(({ path }) => path), newSpoolPath(folder)].map(spoolFile));
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
  } catch {
    return false; // another process was first
  }
  await rename(`${from}.taken`, `${to}.taken`).catch(() => {}); // there need not be one
  return true;
}
