import { spawnSync } from "node:child_process";
import { readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AuditRecord } from "../../audit/audit-record.js";
import { auditSinkContract } from "../../audit/audit-sink-contract.js";
import { createAiGateway } from "../../create-ai-gateway.js";
import { manualClock } from "../../testing/manual-clock.js";
import { auditKey, auditRecord, testFolder } from "./audit-records.test-support.js";
import { pseudonymousAuditSink } from "./pseudonymous-audit-sink.js";
import { type SpooledAuditSinkOptions, spooledAuditSink } from "./spooled-audit-sink.js";

/** A disk that takes so many bytes of a line, then fails, and takes nothing back. */
const disk = vi.hoisted(() => ({ keeps: undefined as number | undefined }));
afterEach(() => {
  disk.keeps = undefined;
});
vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs/promises")>();
  return {
    ...original,
    async appendFile(...[path, data, options]: Parameters<typeof original.appendFile>) {
      await original.appendFile(path, String(data).slice(0, disk.keeps), options);
      if (disk.keeps !== undefined) throw new Error("EIO");
    },
    async truncate(...args: Parameters<typeof original.truncate>) {
      if (disk.keeps !== undefined) throw new Error("EIO");
      await original.truncate(...args);
    },
  };
});

/** A sink that works, fails or hangs. */
function faultySink() {
  const records: AuditRecord[] = [];
  return {
    records,
    ids: () => records.map(({ request_id }) => request_id),
    state: "works" as "works" | "fails" | "hangs",
    async write(record: AuditRecord): Promise<void> {
      if (this.state === "fails") throw new Error("down");
      if (this.state === "hangs") return new Promise(() => {});
      records.push(record);
    },
  };
}

async function spooled(options: Partial<SpooledAuditSinkOptions> = {}) {
  const inner = faultySink();
  const clock = manualClock();
  const folder = options.folder ?? join(await testFolder(), "spool");
  const messages: string[] = [];
  const note = (_: object, message: string) => void messages.push(message);
  const logger = { info: note, warn: note, error: note };
  const sink = spooledAuditSink({ sink: inner, folder, clock, logger, ...options });
  return { inner, clock, folder, messages, logger, sink };
}

const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `request-${from + index}`);

describe("spooledAuditSink", () => {
  for (const { name, run } of auditSinkContract)
    it(name, () =>
      run(async () => {
        const { sink, inner } = await spooled();
        return { sink, read: async () => inner.records };
      }),
    );

  it("keeps records while the sink fails and hands them over in order, new ones behind", async () => {
    const { inner, clock, messages, sink, folder } = await spooled();
    await sink.write(auditRecord("request-0"));
    inner.state = "fails";
    for (const id of numbered(5, 1)) await sink.write(auditRecord(id));
    expect(sink.stats()).toMatchObject({ spooled: 5, delivered: 0, refused: 0 });
    expect(sink.stats().pendingBytes).toBeGreaterThan(1_000);
    inner.state = "works";
    await sink.write(auditRecord("request-6"));
    expect(inner.ids()).toEqual(["request-0"]);
    await clock.advance(1_000);
    await expect.poll(() => sink.stats().pendingBytes).toBe(0);
    await sink.write(auditRecord("request-7"));
    expect(inner.ids()).toEqual(numbered(8));
    expect(inner.records[3]).toEqual(auditRecord("request-3"));
    expect(sink.stats()).toEqual({ spooled: 6, delivered: 6, refused: 0, pendingBytes: 0 });
    await sink.close?.();
    expect(messages).toEqual([
      expect.stringContaining("wait on the disk"),
      expect.stringContaining("works again"),
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("tries again ever more slowly", async () => {
    const { inner, clock, sink } = await spooled();
    inner.state = "fails";
    let tries = 0;
    inner.write = () => {
      tries += 1;
      return Promise.reject(new Error("down"));
    };
    await sink.write(auditRecord("request"));
    for (const [waitMs, expected] of [
      [1_000, 2],
      [1_999, 2],
      [1, 3],
      [4_000, 4],
    ] as const) {
      await clock.advance(waitMs);
      await expect.poll(() => tries).toBe(expected);
      await new Promise((resolve) => setTimeout(resolve, 20)); // the file's note is written
    }
  });

  it("gives up on a sink that hangs", async () => {
    const { inner, clock, sink } = await spooled({ timeoutMs: 500 });
    await sink.write(auditRecord("request-0"));
    inner.state = "hangs";
    const waiting = sink.write(auditRecord("request-1"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    await clock.advance(500);
    await waiting;
    expect(sink.stats().spooled).toBe(1);
  });

  it("refuses what does not fit, and counts it", async () => {
    const { inner, sink } = await spooled({ maxBytes: 1_000 });
    inner.state = "fails";
    await sink.write(auditRecord("request-0"));
    await sink.write(auditRecord("request-1"));
    await expect(sink.write(auditRecord("request-2"))).rejects.toThrow("spool is full");
    expect(sink.stats()).toMatchObject({ spooled: 2, refused: 1 });
    expect(sink.stats().pendingBytes).toBeLessThanOrEqual(1_000);
  });

  it("takes no more of the disk than it may while a slow sink never catches up", {
    timeout: 30_000,
  }, async () => {
    const { inner, clock, sink, folder } = await spooled({ maxBytes: 20_000 });
    inner.state = "fails";
    await sink.write(auditRecord("request-0"));
    let written = 1;
    inner.write = async (record) => {
      inner.records.push(record);
      if (written < 200) await sink.write(auditRecord(`request-${written++}`)); // two more for each that is taken, at first
      if (written < 10) await sink.write(auditRecord(`request-${written++}`));
      const sizes = await Promise.all(
        (await readdir(folder)).map(
          async (name) => (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0,
        ),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(20_000);
    };
    await clock.advance(1_000);
    await expect
      .poll(() => sink.stats(), { timeout: 20_000 })
      .toEqual({ spooled: 200, delivered: 200, refused: 0, pendingBytes: 0 });
    expect(inner.ids()).toEqual(numbered(200));
    await sink.close?.();
    expect(await readdir(folder)).toEqual([]);
  });

  it("loses no record behind a line that the disk took by half", async () => {
    const { inner, sink, folder } = await spooled();
    inner.state = "fails";
    await sink.write(auditRecord("request-0"));
    disk.keeps = 100;
    await expect(sink.write(auditRecord("lost"))).rejects.toThrow("EIO");
    disk.keeps = undefined;
    await sink.write(auditRecord("request-1"));
    inner.state = "works";
    await sink.close?.();
    expect(inner.ids()).toEqual(["request-0", "request-1"]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes no sink that makes pseudonyms, so that no ids wait on the disk", async () => {
    const pseudonymous = pseudonymousAuditSink({ sink: faultySink(), key: auditKey });
    expect(() => spooledAuditSink({ sink: pseudonymous, folder: "spool" })).toThrow(
      "put pseudonymousAuditSink around spooledAuditSink",
    );
  });

  it.each([
    ["drop", undefined],
    ["spool", "audit_failed"],
    ["block", "audit_failed"],
  ] as const)(
    "a call whose record finds no room does what the policy says: %s",
    async (auditFailure, code) => {
      const { inner, sink, logger } = await spooled({ maxBytes: 100 });
      inner.state = "fails";
      const gateway = createAiGateway({ auditSink: sink, auditFailure, logger });
      const failure = await gateway.chat({ message: "Hello" }).then(
        () => undefined,
        (error: unknown) => Object(error).code,
      );
      expect(failure).toBe(code);
      expect(sink.stats()).toMatchObject({ spooled: 0, refused: 1 });
    },
  );

  it("is emptied by gateway.close()", async () => {
    const { inner, sink, folder, logger } = await spooled();
    inner.state = "fails";
    const gateway = createAiGateway({ auditSink: sink, auditFailure: "spool", logger });
    for (let call = 0; call < 3; call++) await gateway.chat({ message: "Hello" });
    expect(sink.stats().spooled).toBe(3);
    inner.state = "works";
    await gateway.close();
    expect(inner.records).toHaveLength(3);
    expect(await readdir(folder)).toEqual([]);
  });

  it("fails when neither the sink nor the disk takes a record, and works without the disk", async () => {
    const folder = join(await testFolder(), "blocked");
    await writeFile(folder, "a file where a folder is needed");
    const { inner, sink } = await spooled({ folder });
    await sink.write(auditRecord("request-0"));
    inner.state = "fails";
    await expect(sink.write(auditRecord("request-1"))).rejects.toThrow("folder can't be opened");
    expect(inner.ids()).toEqual(["request-0"]);
  });

  it("hands over at close; what is left waits for the next process", async () => {
    const { inner, sink, folder } = await spooled();
    inner.state = "fails";
    for (const id of numbered(3)) await sink.write(auditRecord(id));
    await sink.close?.();
    const [name = ""] = await readdir(folder);
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    await rename(join(folder, name), join(folder, name.replace(/^\d+/, String(dead))));

    const next = await spooled({ folder });
    await next.sink.write(auditRecord("request-3"));
    await next.sink.close?.();
    expect(next.inner.ids()).toEqual(numbered(4));
    expect(await readdir(folder)).toEqual([]);
  });

  it("does not hand over twice what was taken before a failure", async () => {
    const { inner, clock, sink, folder } = await spooled();
    inner.state = "fails";
    for (const id of numbered(5)) await sink.write(auditRecord(id));
    inner.write = async (record) => {
      if (record.request_id === "request-3") throw new Error("down again");
      inner.records.push(record);
    };
    await clock.advance(1_000);
    await expect.poll(async () => (await readdir(folder)).length).toBe(2);
    expect(inner.ids()).toEqual(numbered(3));
    await sink.close?.();
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const name of await readdir(folder))
      await rename(join(folder, name), join(folder, name.replace(/^\d+/, String(dead))));
    const next = await spooled({ folder });
    await next.sink.write(auditRecord("request-5"));
    await next.sink.close?.();
    expect(next.inner.ids()).toEqual(["request-3", "request-4", "request-5"]);
  });

  it("leaves the files of living processes alone, and skips a torn line", async () => {
    const folder = await testFolder();
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const line = (id: string) => JSON.stringify(auditRecord(id));
    const alive = `${process.ppid}-${crypto.randomUUID()}.spool`;
    await writeFile(join(folder, alive), `${line("theirs")}\n`);
    await writeFile(
      join(folder, `${dead}-${crypto.randomUUID()}.spool`),
      `${line("left")}\n${line("torn").slice(9)}`,
    );
    const { inner, sink } = await spooled({ folder });
    await sink.write(auditRecord("new"));
    await sink.close?.();
    expect(inner.ids()).toEqual(["left", "new"]);
    expect(await readdir(folder)).toEqual([alive]);
  });
});
