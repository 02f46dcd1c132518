import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect } from "vitest";

/** A program that tests run as processes of their own, from the sources. */
export interface TestProgram {
  /** Starts one; `settings` is what `settings` holds in the program. */
  start(settings: object): TestProcess;
}

/** One process of a {@link TestProgram}. */
interface TestProcess {
  readonly child: ChildProcess;
  /** Lines that it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves when a line begins so. */
  printed(beginning: string): Promise<string>;
  /** Resolves when it has ended well, to all lines. */
  done(): Promise<readonly string[]>;
}

/** Where programs find `pg`: git does not see it. */
const folder = fileURLToPath(new URL("../../../node_modules/.postgres-tests", import.meta.url));

/** Gives a program `settings`, `pool`, and `print`. */
const prologue = `
  import pg from "pg";
  const settings = JSON.parse(process.env.SETTINGS);
  const pool = new pg.Pool({ connectionString: settings.url, application_name: settings.application, max: 5 });
  const print = (line) => process.stdout.write(line + "\\n");
`;

/** Builds it before the tests of a file; `code` may import files of `src` and `@levqor/core`. */
export function testProgram(code: string): TestProgram {
  const file = join(folder, `${process.pid}-${crypto.randomUUID()}.mjs`);
  beforeAll(async () => {
    await mkdir(folder, { recursive: true });
    const require =
      'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
    await build({
      stdin: {
        contents: prologue + code,
        resolveDir: fileURLToPath(new URL(".", import.meta.url)),
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["@levqor/source"],
      external: ["pg"],
      banner: { js: require },
      outfile: file,
      logLevel: "silent",
    });
  });
  afterAll(() => rm(file, { force: true }));
  return { start: (settings) => running(file, settings) };
}

function running(file: string, settings: object): TestProcess {
  const child = spawn(process.execPath, [file], {
    env: { SETTINGS: JSON.stringify(settings) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => lines.push(line));
  const ended = once(child, "close");
  return {
    child,
    lines,
    async printed(beginning) {
      for (;;) {
        const found = lines.find((line) => line.startsWith(beginning));
        if (found !== undefined) return found;
        await Promise.race([
          once(output, "line"),
          ended.then(() => Promise.reject(new Error(`ended without "${beginning}": ${lines.join()}`))),
        ]);
      }
    },
    async done() {
      expect((await ended)[0]).toBe(0);
      return lines;
    },
  };
}
