import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { inject } from "vitest";

/** A Redis of one test, to be killed, paused and started again on the same port. */
export interface OwnServer {
  readonly url: string;
  /** Sends a command from outside. */
  command(...words: string[]): Promise<unknown>;
  start(): Promise<void>;
  /** Ends it with SIGKILL; nothing is saved. */
  kill(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** Starts a server of the same program that the shared one runs, with more settings if need be. */
export async function ownServer(...settings: readonly string[]): Promise<OwnServer> {
  const program = await programOf(inject("redisUrl"));
  const folder = await mkdtemp(join(tmpdir(), "levqor-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const control = new Redis(url, { lazyConnect: true, retryStrategy: () => 20, maxRetriesPerRequest: null });
  control.on("error", () => {});

  async function kill(): Promise<void> {
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    child = undefined;
    await ended;
  }
  const server: OwnServer = {
    url,
    command: (...[name = "", ...words]) => control.call(name, ...words),
    async start() {
      const place = ["--port", String(port), "--bind", "127.0.0.1"];
      child = spawn(program, [...place, "--save", "", "--appendonly", "no", ...settings], {
        cwd: folder,
        stdio: "ignore",
      });
      await control.ping();
    },
    kill,
    async close() {
      control.disconnect();
      await kill();
      await rm(folder, { recursive: true });
    },
  };
  process.once("exit", () => child?.kill("SIGKILL"));
  await server.start();
  return server;
}

async function programOf(url: string): Promise<string> {
  const client = new Redis(url);
  try {
    const program = /^executable:(.+?)\r?$/m.exec(await client.info("server"))?.[1];
    if (program === undefined) throw new Error("The shared Redis does not say which program it is.");
    return program;
  } finally {
    client.disconnect();
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
