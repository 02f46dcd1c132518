import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { redisBudget } from "./budget/redis-budget.js";
import { eventually } from "./own-server.test-support.js";
import { redisPolicyStore } from "./policy/redis-policy-store.js";
import { redisRateLimiter } from "./rate-limit/redis-rate-limiter.js";
import { redisStreamStore } from "./streams/redis-stream-store.js";
import { clientKinds, ownPrefix } from "./test-clients.test-support.js";

/** What a process says: about which prefix, a word, and values. */
type Saying = readonly [prefix: string, word: string, ...values: unknown[]];

/** A process of its own. */
interface Worker {
  readonly child: ChildProcess;
  begin(job: string, prefix: string): Job;
}

/** What a process does. */
interface Job {
  /** The values of every time that it has said this word. */
  values(word: string): readonly (readonly unknown[])[];
  /** Resolves when it says this word, or has said it. */
  heard(word: string, value?: unknown): Promise<void>;
}

let folder: string;
let workerPath: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "levqor-redis-"));
  workerPath = join(folder, "worker.cjs");
  await build({
    entryPoints: [fileURLToPath(new URL("worker.test-support.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "cjs",
    conditions: ["@levqor/source"],
    outfile: workerPath,
    logLevel: "silent",
  });
});
afterAll(() => rm(folder, { recursive: true }));

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

async function startWorker(kind: string): Promise<Worker> {
  const child = spawn(process.execPath, [workerPath, kind, inject("redisUrl")], {
    env: {}, // none of the test runner's own
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  const sayings: Saying[] = [];
  const listeners = new Set<() => void>();
  createInterface(child.stdout).on("line", (line) => {
    sayings.push(JSON.parse(line) as Saying);
    for (const listener of listeners) listener();
  });
  const jobOn = (prefix: string): Job => {
    const values = (word: string) =>
      sayings.flatMap(([about, said, ...rest]) => (about === prefix && said === word ? [rest] : []));
    return {
      values,
      heard: (word, value) =>
        new Promise((resolve) => {
          const look = () => {
            const isSaid = values(word).some(([first]) => value === undefined || first === value);
            if (isSaid) resolve();
          };
          listeners.add(look);
          look();
        }),
    };
  };
  await jobOn("").heard("ready");
  return {
    child,
    begin(job, prefix) {
      child.stdin.write(`${JSON.stringify([job, prefix])}\n`);
      return jobOn(prefix);
    },
  };
}

const numbers = (jobs: readonly Job[], word: string) =>
  jobs.flatMap((job) => job.values(word).map(([value]) => Number(value)));
const sum = (jobs: readonly Job[], word: string) =>
  numbers(jobs, word).reduce((total, each) => total + each, 0);

describe.each(clientKinds)("several processes on $kind", ({ kind, open }) => {
  let workers: readonly Worker[];
  beforeAll(async () => {
    workers = await Promise.all(Array.from({ length: 4 }, () => startWorker(kind)));
  });
  /** Lets so many processes do the same, at once. */
  const beginTogether = (count: number, job: string, prefix: string) =>
    workers.slice(0, count).map((worker) => worker.begin(job, prefix));
  const allDone = (jobs: readonly Job[]) => Promise.all(jobs.map((job) => job.heard("done")));
  const call = { task: "chat", caller: { tenantId: "t", userId: "u" } };

  it("1,000 calls of four processes on a cap that pays for ten: ten are admitted, nothing stays reserved, one alert", async () => {
    const prefix = ownPrefix();
    const jobs = beginTogether(4, "spend", prefix);
    await allDone(jobs);
    expect(sum(jobs, "admitted")).toBe(10);
    expect(numbers(jobs, "alert")).toEqual([800_000]);
    const budget = redisBudget({ client: await open(), prefix, gateway: { dailyUsd: 1 } });
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 1_000_000, reservedMicroUsd: 0 }]);
  });

  it("one that is killed with everything reserved: it is free again when the lease ends", async () => {
    const prefix = ownPrefix();
    const { child, begin } = await startWorker(kind);
    await begin("hold", prefix).heard("held");
    child.kill("SIGKILL");
    const given = { client: await open(), prefix, leaseMs: 1_500, timeoutMs: 5_000 };
    const budget = redisBudget({ ...given, gateway: { dailyUsd: 1 } });
    const limiter = redisRateLimiter({ ...given, perUser: { concurrent: 1 } });
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 0, reservedMicroUsd: 1_000_000 }]);
    expect((await budget.reserve({ ...call, microUsd: 1 })).granted).toBe(false);
    expect((await limiter.consume(call)).allowed).toBe(false);
    await eventually(async () => expect((await limiter.consume(call)).allowed).toBe(true));
    await eventually(async () =>
      expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 0, reservedMicroUsd: 0 }]),
    );
    expect((await budget.reserve({ ...call, microUsd: 1_000_000 })).granted).toBe(true);
  });

  it("600 calls of three processes on a limit of 50: 50 are admitted", async () => {
    const jobs = beginTogether(3, "consume", ownPrefix());
    await allDone(jobs);
    expect(sum(jobs, "admitted")).toBe(50);
  });

  it("a policy reaches four processes within a second", async () => {
    const prefix = ownPrefix();
    const store = redisPolicyStore({ client: await open(), prefix, timeoutMs: 5_000 });
    const jobs = beginTogether(4, "follow", prefix);
    await Promise.all(jobs.map((job) => job.heard("version", 0)));
    const tookMs: number[] = [];
    for (const version of [1, 2, 3, 4, 5]) {
      const startMs = performance.now();
      await store.publish({ version });
      await Promise.all(jobs.map((job) => job.heard("version", version)));
      tookMs.push(Math.round((performance.now() - startMs) * 10) / 10);
    }
    console.log(`policy change to 4 processes over Redis (${kind}), ms: ${tookMs.join(", ")}`);
    expect(Math.max(...tookMs)).toBeLessThan(1_000);
  });

  it("100 identical questions of four processes are answered once", async () => {
    const jobs = beginTogether(4, "ask", ownPrefix());
    await allDone(jobs);
    expect(sum(jobs, "answered")).toBe(1);
    const texts = jobs.flatMap((job) => job.values("answered").flatMap(([, replies]) => replies));
    expect(new Set(texts.filter((text) => text !== null)).size).toBe(1);
  });

  it("a stream of another process is followed and stopped", async () => {
    const prefix = ownPrefix();
    const streams = redisStreamStore({ client: await open(), prefix, timeoutMs: 5_000 });
    const [job] = beginTogether(1, "write", prefix);
    await job?.heard("opened");
    const events = await streams.read("chat", { after: 0, signal: new AbortController().signal });
    const ids: number[] = [];
    for await (const { id } of events ?? []) {
      ids.push(id);
      if (id === 10) await streams.stop("chat");
    }
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => index + 1));
    expect(ids.length).toBeGreaterThanOrEqual(10);
    await job?.heard("stopped");
    const replay = await streams.read("chat", {
      after: ids.length - 2,
      signal: new AbortController().signal,
    });
    const replayed: number[] = [];
    for await (const { id } of replay ?? []) replayed.push(id);
    expect(replayed).toEqual([ids.length - 1, ids.length]);
  });

  it("a stream whose process is killed: those who follow it are told when its lease ends", async () => {
    const prefix = ownPrefix();
    const streams = redisStreamStore({ client: await open(), prefix, timeoutMs: 5_000 });
    const { child, begin } = await startWorker(kind);
    await begin("write", prefix).heard("opened");
    const events = await streams.read("chat", { after: 0, signal: new AbortController().signal });
    const following = (async () => {
      for await (const { id } of events ?? []) if (id === 5) child.kill("SIGKILL");
    })();
    await expect(following).rejects.toMatchObject({ code: "not_found" });
  });

  it("a signed request is taken by one of four processes", async () => {
    const jobs = beginTogether(4, "claim", ownPrefix());
    await allDone(jobs);
    expect(sum(jobs, "claimed")).toBe(100);
  });
});
