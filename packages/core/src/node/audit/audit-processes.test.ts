import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditKey, auditRecord, linesOf, testFolder } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

/** Writes `count` records named after the process, each after the one before; prints every number that is written. */
const writerCode = `
  import { hmacAuditChain } from "./audit/hmac-audit-chain.ts";
  import { ndjsonAuditSink } from "./ndjson-audit-sink.ts";
  const [path, name, count, maxBytes, end] = process.argv.slice(2);
  const chain = hmacAuditChain({ key: process.env.AUDIT_KEY, checkpointRecords: 20 });
  const rotate = maxBytes === undefined ? undefined : { maxBytes: Number(maxBytes) };
  const sink = ndjsonAuditSink({ path, chain, rotate });
  const record = JSON.parse(process.env.AUDIT_RECORD);
  for (let index = 0; index < Number(count); index++) {
    await sink.write({ ...record, request_id: name + "-" + index });
    process.stdout.write(index + "\\n");
  }
  if (end === "exit") process.exit(0);
  await sink.close();
`;

let folder: string;
let writer: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-"));
  writer = join(folder, "writer.mjs");
  const resolveDir = fileURLToPath(new URL("..", import.meta.url));
  await build({
    stdin: { contents: writerCode, resolveDir, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: writer,
    logLevel: "silent",
  });
});
afterAll(() => rm(folder, { recursive: true }));

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [writer, ...args], {
    env: { AUDIT_KEY: auditKey, AUDIT_RECORD: JSON.stringify(auditRecord("")) },
    stdio: ["ignore", "pipe", "inherit"],
  });
const isDone = async (child: ChildProcess) => expect((await once(child, "exit"))[0]).toBe(0);
const requestIds = async (path: string) =>
  (await linesOf(path)).flatMap((line) => JSON.parse(line).request_id ?? []) as string[];

describe("several processes", () => {
  it("write one file: eight take turns, and the chain has one branch", { timeout: 120_000 }, async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const names = Array.from({ length: 8 }, (_, index) => `writer${index}`);
    await Promise.all(names.map((name) => isDone(start(path, name, "60"))));
    const verdict = await verifyAudit(path, { key: auditKey });
    expect(verdict).toMatchObject({ ok: true, records: 480, gaps: [] });
    const ids = await requestIds(path);
    expect(new Set(ids).size).toBe(480);
    for (const name of names)
      expect(ids.filter((id) => id.startsWith(`${name}-`))).toEqual(
        Array.from({ length: 60 }, (_, index) => `${name}-${index}`),
      );
  });

  it("get their turn while another one writes without a pause", { timeout: 60_000 }, async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const busy = start(path, "busy", "1000000");
    await once(busy.stdout ?? busy, "data");
    const sink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key: auditKey }) });
    for (let index = 0; index < 30; index++) await sink.write(auditRecord(`other-${index}`));
    await sink.close?.();
    expect(busy.exitCode).toBeNull();
    const closed = once(busy, "close");
    busy.kill("SIGKILL");
    await closed;
    expect((await requestIds(path)).filter((id) => id.startsWith("other-"))).toHaveLength(30);
  });

  it("that end without closing the file leave no gap", { timeout: 60_000 }, async () => {
    const path = join(await testFolder(), "audit.ndjson");
    for (const life of [1, 2]) await isDone(start(path, `life${life}`, "3", "1000000", "exit"));
    expect(existsSync(`${path}.lock`)).toBe(false);
    expect(await verifyAudit(path, { key: auditKey })).toMatchObject({ ok: true, records: 6, gaps: [] });
  });

  it("rotate one file", { timeout: 120_000 }, async () => {
    const path = join(await testFolder(), "audit.ndjson");
    await Promise.all(["a", "b", "c"].map((name) => isDone(start(path, name, "60", "20000"))));
    expect((await readdir(join(path, ".."))).length).toBeGreaterThan(4);
    expect(await verifyAudit(path, { key: auditKey })).toMatchObject({ ok: true, records: 180, gaps: [] });
  });

  it("lose no acknowledged record when one is killed at any time", { timeout: 120_000 }, async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const acknowledged: string[] = [];
    for (let round = 0; round < 6; round++) {
      const child = start(path, `round${round}`, "100000");
      const closed = once(child, "close");
      const survived = isDone(start(path, `survivor${round}`, "15"));
      let printed = "";
      child.stdout?.on("data", (data) => {
        printed += data;
      });
      await once(child.stdout ?? child, "data");
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      child.kill("SIGKILL");
      await Promise.all([closed, survived]);
      const whole = printed.slice(0, printed.lastIndexOf("\n"));
      acknowledged.push(...whole.split("\n").map((index) => `round${round}-${index}`));
    }
    const verdict = await verifyAudit(path, { key: auditKey });
    expect(verdict.problem).toBeUndefined();
    const ids = new Set(await requestIds(path));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("write down that one has died while it wrote", async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const chain = hmacAuditChain({ key: auditKey });
    const sink = ndjsonAuditSink({ path, chain });
    await sink.write(auditRecord("before"));
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const { hostname } = await import("node:os");
    const owner = { token: crypto.randomUUID(), pid: child.pid, host: hostname() };
    await expect.poll(() => existsSync(`${path}.lock`)).toBe(false);
    await writeFile(`${path}.lock`, JSON.stringify(owner));
    await sink.write(auditRecord("after"));
    await sink.close?.();
    expect(await verifyAudit(path, { key: auditKey })).toMatchObject({
      ok: true,
      records: 2,
      gaps: [{ line: 2, seq: 2, reason: "writer_died", lost: 0 }],
    });
  });
});
