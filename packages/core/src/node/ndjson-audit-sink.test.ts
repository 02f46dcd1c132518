import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditSinkContract } from "../audit/audit-sink-contract.js";
import { manualClock } from "../testing/manual-clock.js";
import type { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { auditKey, auditRecord, linesOf, testFolder } from "./audit/audit-records.test-support.js";
import { hmacAuditChain } from "./audit/hmac-audit-chain.js";
import { verifyAudit } from "./audit/verify-audit.js";
import { ndjsonAuditSink } from "./ndjson-audit-sink.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-"));
});
afterAll(() => rm(folder, { recursive: true }));

const readLines = async (path: string) =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("ndjsonAuditSink", () => {
  auditSinkContract.forEach(({ name, run }, index) => {
    it(name, () =>
      run(async () => {
        const path = join(folder, `case-${index}`, "audit.ndjson");
        return { sink: ndjsonAuditSink({ path }), read: () => readLines(path) };
      }),
    );
  });

  it("appends to the records of an earlier process", async () => {
    const path = join(folder, "restart.ndjson");
    for (const { run } of auditSinkContract.slice(0, 1)) {
      await run(async () => ({ sink: ndjsonAuditSink({ path }), read: () => readLines(path) }));
      await run(async () => ({
        sink: ndjsonAuditSink({ path }),
        read: async () => (await readLines(path)).slice(1),
      }));
    }
  });

  it("rejects when the file can't be opened, and tries again at the next record", async () => {
    const blocker = join(folder, "blocker");
    await writeFile(blocker, "a file where a folder is needed");
    const sink = ndjsonAuditSink({ path: join(blocker, "audit.ndjson") });
    const record = { request_id: "r" } as Parameters<ReturnType<typeof memoryAuditSink>["write"]>[0];
    await expect(sink.write(record)).rejects.toThrow();
    await rm(blocker);
    await sink.write(record);
    await sink.close?.();
    expect(await readLines(join(blocker, "audit.ndjson"))).toEqual([{ request_id: "r" }]);
  });
});

const key = auditKey;
const chain = hmacAuditChain({ key });
const newPath = async () => join(await testFolder(), "audit.ndjson");
const withoutChain = (entry: object) => {
  const { seq, partition, previous_hash, hash, mac, ...record } = entry as Record<string, unknown>;
  return record;
};
const calls = async (path: string) =>
  (await readLines(path)).filter(({ entry }) => entry === undefined).map(withoutChain);

describe("ndjsonAuditSink with a chain", () => {
  for (const { name, run } of auditSinkContract) {
    it(name, async () => {
      const path = await newPath();
      await run(async () => ({ sink: ndjsonAuditSink({ path, chain }), read: () => calls(path) }));
      expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, gaps: [] });
    });
  }

  it("goes on after a restart, and after a close", async () => {
    const path = await newPath();
    for (let life = 0; life < 3; life++) {
      const sink = ndjsonAuditSink({ path, chain });
      await sink.write(auditRecord(`life-${life}`));
      await sink.close?.();
      await sink.write(auditRecord(`late-${life}`));
      if (life < 2) await sink.close?.();
    }
    expect(await verifyAudit(path, { key })).toMatchObject({
      ok: true,
      records: 6,
      checkpoints: 5,
      gaps: [],
    });
  });

  it.each([
    ["plain lines", undefined],
    ["another key's chain", hmacAuditChain({ key: "another key that is long enough, too" })],
  ])("does not go on in a file with %s", async (_, other) => {
    const path = await newPath();
    const before = ndjsonAuditSink({ path, chain: other });
    await before.write(auditRecord("before"));
    await before.close?.();
    const lines = await linesOf(path);
    await expect(ndjsonAuditSink({ path, chain }).write(auditRecord("after"))).rejects.toThrow(
      "with this key",
    );
    expect(await linesOf(path)).toEqual(lines);
  });

  it("writes no file when there was no call", async () => {
    const path = await newPath();
    await ndjsonAuditSink({ path, chain }).close?.();
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  it("covers records by a checkpoint after their number and after their time", async () => {
    const path = await newPath();
    const clock = manualClock();
    const sink = ndjsonAuditSink({ path, clock, chain: hmacAuditChain({ key, checkpointRecords: 3 }) });
    for (let index = 0; index < 7; index++) await sink.write(auditRecord(`request-${index}`));
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, checkpoints: 2 });
    await clock.advance(59_000);
    expect((await linesOf(path)).length).toBe(9);
    await clock.advance(1_000);
    await expect.poll(async () => (await linesOf(path)).length).toBe(10);
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, checkpoints: 3 });
    await sink.close?.();
    expect(clock.pending).toBe(0);
  });

  it("leaves no more entries without a checkpoint than it may, however large a batch is", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key, checkpointRecords: 10 }) });
    await Promise.all(Array.from({ length: 45 }, (_, index) => sink.write(auditRecord(`request-${index}`))));
    const entries = (await linesOf(path)).map((line) => JSON.parse(line).entry ?? "record");
    expect(entries.filter((entry) => entry === "checkpoint").length).toBe(4);
    expect(entries.slice(0, 11)).toEqual([...Array.from({ length: 10 }, () => "record"), "checkpoint"]);
    await sink.close?.();
  });

  it("covers records by a checkpoint when the clock has gone back", async () => {
    const path = await newPath();
    const clock = manualClock(10_000_000_000);
    let offset = 0;
    const jumping = { ...clock, now: () => clock.now() + offset };
    const sink = ndjsonAuditSink({ path, clock: jumping, chain });
    await sink.write(auditRecord("before"));
    offset = -3_600_000;
    await clock.advance(60_000);
    await expect
      .poll(async () => (await linesOf(path)).at(-1), { timeout: 4_000 })
      .toContain('"entry":"checkpoint"');
    await sink.close?.();
  });

  it("keeps its files from others", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain, rotate: { maxBytes: 500 } });
    for (let index = 0; index < 3; index++) await sink.write(auditRecord(`request-${index}`));
    await sink.close?.();
    const names = await readdir(join(path, ".."));
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect((await stat(join(path, "..", name))).mode & 0o007).toBe(0);
  });

  it("takes turns with a sink that has another name for the file", async () => {
    const path = await newPath();
    const link = join(path, "..", "link.ndjson");
    await writeFile(path, "");
    await symlink(path, link);
    const sinks = [ndjsonAuditSink({ path, chain }), ndjsonAuditSink({ path: link, chain })];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => sinks[index % 2]?.write(auditRecord(`request-${index}`))),
    );
    for (const sink of sinks) await sink.close?.();
    for (const name of [path, link])
      expect(await verifyAudit(name, { key })).toMatchObject({ ok: true, records: 40, gaps: [] });
  });

  it("two sinks on one file take turns", async () => {
    const path = await newPath();
    const sinks = [ndjsonAuditSink({ path, chain }), ndjsonAuditSink({ path, chain })];
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => sinks[index % 2]?.write(auditRecord(`request-${index}`))),
    );
    for (const sink of sinks) await sink.close?.();
    // The second finds the file closed.
    expect(await verifyAudit(path, { key })).toMatchObject({
      ok: true,
      records: 200,
      checkpoints: 1,
      gaps: [],
    });
  });
});

describe("ndjsonAuditSink that rotates", () => {
  it("puts the file aside by size; all of them verify as one", async () => {
    const path = await newPath();
    for (let life = 0; life < 2; life++) {
      const sink = ndjsonAuditSink({ path, chain, rotate: { maxBytes: 3_000 } });
      for (let index = 0; index < 10; index++) await sink.write(auditRecord(`request-${life}-${index}`));
      await sink.close?.();
    }
    const names = (await readdir(join(path, ".."))).filter((name) => /\.\d{6}\.ndjson$/.test(name)).sort();
    expect(names.length).toBeGreaterThan(2);
    expect(names[0]).toBe("audit.000001.ndjson");
    for (const name of names)
      expect((await linesOf(join(path, "..", name))).at(-1)).toContain('"entry":"checkpoint"');
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, records: 20, gaps: [] });
  });

  it("puts the file aside at the first record of a day, UTC", async () => {
    const path = await newPath();
    const clock = manualClock(Date.now());
    const sink = ndjsonAuditSink({ path, clock, rotate: { daily: true } });
    await sink.write(auditRecord("today"));
    await sink.write(auditRecord("today"));
    await clock.advance(86_400_000);
    await sink.write(auditRecord("tomorrow"));
    await sink.close?.();
    expect(await calls(path)).toHaveLength(1);
    expect(await calls(path.replace(".ndjson", ".000001.ndjson"))).toHaveLength(2);
  });
});

describe("ndjsonAuditSink under load", () => {
  it("refuses a record when too many wait, and takes the next when they are written", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain, maxPending: 5 });
    const waiting = Array.from({ length: 5 }, () => sink.write(auditRecord("waits")));
    expect(() => sink.write(auditRecord("too many"))).toThrow("Too many records wait");
    await Promise.all(waiting);
    await sink.write(auditRecord("next"));
    await sink.close?.();
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, records: 6 });
  });

  it("gathers the records of calls that end side by side", async () => {
    let macs = 0; // one for each record, one for each batch
    const mac = (text: string) => {
      macs += 1;
      return chain.mac(text);
    };
    const sink = ndjsonAuditSink({ path: await newPath(), chain: { ...chain, mac } });
    await Promise.all([sink.write(auditRecord("one")), sink.write(auditRecord("two"))]);
    macs = 0;
    const records = Array.from({ length: 20 }, async (_, index) => {
      for (let turn = 0; turn < index; turn += 1) await Promise.resolve();
      await sink.write(auditRecord(`request-${index}`));
    });
    await Promise.all(records);
    expect(macs - records.length).toBeLessThanOrEqual(2);
    await sink.close?.();
  });

  it("waits for the disk when it is told to", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain, fsync: true });
    await Promise.all(Array.from({ length: 700 }, (_, index) => sink.write(auditRecord(`request-${index}`))));
    await sink.close?.();
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, records: 700 });
  });
});
