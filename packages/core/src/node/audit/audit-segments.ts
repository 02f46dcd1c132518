import { readdir } from "node:fs/promises";
import { basename, dirname, join, parse } from "node:path";

/** The files that a rotating file has left behind, oldest first: `audit.000001.ndjson` for `audit.ndjson`. */
export async function auditSegments(path: string): Promise<readonly string[]> {
  const names = await readdir(dirname(path));
  return names
    .filter((name) => segmentNumber(path, name) !== undefined)
    .sort((a, b) => (segmentNumber(path, a) ?? 0) - (segmentNumber(path, b) ?? 0))
    .map((name) => join(dirname(path), name));
}

/** The name under which the file is put aside next. */
export async function nextSegment(path: string): Promise<string> {
  const last = (await auditSegments(path)).at(-1);
  const number = last === undefined ? 0 : (segmentNumber(path, basename(last)) ?? 0);
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.${String(number + 1).padStart(6, "0")}${ext}`);
}

function segmentNumber(path: string, candidate: string): number | undefined {
  const { name, ext } = parse(path);
  if (!candidate.startsWith(`${name}.`) || !candidate.endsWith(ext)) return undefined;
  const digits = candidate.slice(name.length + 1, candidate.length - ext.length);
  return /^\d{6,15}$/.test(digits) ? Number(digits) : undefined;
}
