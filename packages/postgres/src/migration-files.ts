import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A step of the tables' history. */
export interface Migration {
  /** Counted from 1. */
  readonly version: number;
  /** Name of the file. */
  readonly name: string;
  readonly sql: string;
}

/** Only CommonJS has `__dirname`, and only ES modules have `import.meta.url`; each build takes what it has. */
const here = () => (typeof __dirname === "string" ? __dirname : dirname(fileURLToPath(import.meta.url)));

/** The SQL files that ship with this package: beside `src` and `dist`. */
export const shippedFolder = (): string => join(here(), "..", "migrations");

/** Reads the migrations of a folder, in their order. */
export async function migrationFiles(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      return { version: Number(name.slice(0, 4)), name, sql: sql.replaceAll("\r\n", "\n") };
    }),
  );
}
