import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { findPostgres, findRedis } from "../../scripts/services/find-program.mjs";
import type { ServerRecipe } from "../../scripts/services/launch.mjs";
import { postgresServer, redisServer } from "../../scripts/services/servers.mjs";
import { provision } from "../../scripts/services.mjs";

/** A server of one test, to be ended and started again at the same address with the same folder. */
export interface OwnServer {
  readonly url: string;
  start(): Promise<void>;
  /** Redis dies by SIGKILL, and forgets; PostgreSQL ends every connection. */
  kill(): Promise<void>;
  /** Ends it for good. */
  remove(): Promise<void>;
}

/** Starts a Redis or a PostgreSQL, also where tests are told of a running one: that must not be killed. */
export async function ownServer(name: "redis" | "postgres"): Promise<OwnServer> {
  provision([name]);
  const program = name === "redis" ? findRedis() : findPostgres();
  if (program === undefined) throw new Error(`This test kills a ${name} of its own: install the program.`);
  const recipe: ServerRecipe = name === "redis" ? redisServer(program) : postgresServer(program);
  const folder = mkdtempSync(`/tmp/levqor-own-${name}-`);
  if (recipe.account !== undefined) chownSync(folder, recipe.account.uid, recipe.account.gid);
  recipe.prepare?.(folder);
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const { program, args } = recipe.command(port, folder);
    const started = spawn(program, args, { cwd: folder, stdio: "ignore", ...recipe.account });
    child = started;
    while (!(await recipe.isReady(port))) {
      if (started.exitCode !== null) throw new Error(`The test's own ${name} did not start.`);
      await delay(20);
    }
  }
  async function kill(): Promise<void> {
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill(name === "redis" ? "SIGKILL" : recipe.stopSignal);
    child = undefined;
    await ended;
  }
  await start();
  return {
    url: recipe.url(port),
    start,
    kill,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Tries until it works, ten seconds at most. */
export async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const endsAtMs = performance.now() + 10_000; ; await delay(50)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > endsAtMs) throw error;
    }
  }
}
