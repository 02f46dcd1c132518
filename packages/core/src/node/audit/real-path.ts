import { realpathSync } from "node:fs";

/**
 * The path of a file itself, when the given one is a symbolic link: two names of one file must not have two locks and
 * two heads. A file that is not there yet keeps its name.
 */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
