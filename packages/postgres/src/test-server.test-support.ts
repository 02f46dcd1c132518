import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";

/** A PostgreSQL of a test file's own, that can be stopped, started again and frozen. */
export interface TestServer {
  readonly url: string;
  /** Ends every connection, as a restart of the service does. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** All of its processes stand still, as on a host that hangs, until `thaw`. */
  freeze(): Promise<void>;
  thaw(): void;
}

interface Recipe {
  readonly account?: { readonly uid: number; readonly gid: number };
  readonly prepare: (folder: string) => void;
  readonly command: (port: number, folder: string) => { readonly program: string; readonly args: string[] };
  readonly isReady: (port: number) => Promise<boolean>;
  readonly url: (port: number) => string;
}

/** The launcher of the repository's own services; it is no module of this package. */
async function recipeOf(): Promise<Recipe> {
  const folder = new URL("../../../scripts/services/", import.meta.url);
  const { findPostgres } = await import(new URL("find-program.mjs", folder).href);
  const { postgresServer } = await import(new URL("servers.mjs", folder).href);
  const bin: unknown = findPostgres();
  if (typeof bin !== "string")
    throw new Error("These tests stop a PostgreSQL of their own: install postgresql.");
  return postgresServer(bin);
}

/** Starts it before the tests of a file and removes it after them. */
export function testServer(): TestServer {
  const folder = mkdtempSync("/tmp/levqor-own-postgres-");
  let recipe: Recipe;
  let port = 0;
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const { program, args } = recipe.command(port, folder);
    const started = spawn(program, args, { cwd: folder, stdio: "ignore", ...recipe.account });
    child = started;
    while (!(await recipe.isReady(port))) {
      if (started.exitCode !== null) throw new Error("The test's own PostgreSQL did not start.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    child.kill("SIGINT"); // "fast": connections are ended
    await once(child, "exit");
  }

  beforeAll(async () => {
    recipe = await recipeOf();
    if (recipe.account !== undefined) chownSync(folder, recipe.account.uid, recipe.account.gid);
    recipe.prepare(folder);
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  let frozen: readonly number[] = [];
  return {
    get url() {
      return recipe.url(port);
    },
    start,
    stop,
    async freeze() {
      const pool = new Pool({ connectionString: recipe.url(port), max: 1 });
      const { rows } = await pool.query<{ pid: number }>(
        "select pid from pg_stat_activity where backend_type = 'client backend'",
      );
      await pool.end();
      frozen = [...rows.map(({ pid }) => pid), child?.pid ?? 0];
      for (const pid of frozen) signal(pid, "SIGSTOP");
    },
    thaw() {
      for (const pid of frozen) signal(pid, "SIGCONT");
    },
  };
}

function signal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended meanwhile
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
