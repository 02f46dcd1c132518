import { open } from "node:fs/promises";

/** Waits until the disk has the names that a folder holds: a new file, one that was renamed. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().catch(() => {}); // not every file system can
  await folder.close();
}
