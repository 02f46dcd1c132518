import { existsSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditKey, auditRecord, linesOf, testFolder } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

/** What the disk does to the next writes. */
let fault: { readonly code: string; readonly keeps: number; readonly truncates: boolean } | undefined;

/** Bytes that the system takes at a time. */
let partsOf = Number.POSITIVE_INFINITY;

vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs/promises")>();
  return {
    ...original,
    async open(...args: Parameters<typeof original.open>) {
      if (fault?.code === "EROFS") throw failure("EROFS");
      return spoil(await original.open(...args));
    },
  };
});

type BytesToWrite = [fd: number, bytes: Uint8Array, offset: number, length: number, position: number | null];

vi.mock("node:fs", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs")>();
  return {
    ...original,
    writeSync(...[fd, bytes, offset, length, position]: BytesToWrite) {
      if (fault === undefined)
        return original.writeSync(fd, bytes, offset, Math.min(length, partsOf), position);
      if (offset >= fault.keeps) throw failure(fault.code);
      return original.writeSync(fd, bytes, offset, Math.min(length, fault.keeps - offset), position);
    },
  };
});

const failure = (code: string) => Object.assign(new Error(code), { code });

function spoil(file: FileHandle): FileHandle {
  const { truncate, writeFile } = file;
  file.writeFile = async (data, options) => {
    if (fault?.code === "ENOSPC") throw failure("ENOSPC");
    await writeFile.call(file, data, options);
  };
  file.truncate = async (length) => {
    if (fault?.truncates === false) throw new Error("EIO");
    await truncate.call(file, length);
  };
  return file;
}

afterEach(() => {
  fault = undefined;
  partsOf = Number.POSITIVE_INFINITY;
});

describe("an audit file on a disk that fails", () => {
  it.each([
    ["not even the lock can be written", { code: "ENOSPC", keeps: 0, truncates: true }, []],
    ["the disk is full in the middle of a line", { code: "EDQUOT", keeps: 300, truncates: true }, []],
    ["it fails before the first byte", { code: "EIO", keeps: 0, truncates: true }, []],
    ["the half line can't be taken back", { code: "EIO", keeps: 300, truncates: false }, ["torn_line"]],
  ])("tells the calls, and goes on afterwards: %s", async (_, given, reasons) => {
    const path = join(await testFolder(), "audit.ndjson");
    const sink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key: auditKey }) });
    await sink.write(auditRecord("before"));
    await expect.poll(() => existsSync(`${path}.lock`)).toBe(false); // else it need not be written
    fault = given;
    const failed = await Promise.allSettled([
      sink.write(auditRecord("lost-1")),
      sink.write(auditRecord("lost-2")),
    ]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fault = undefined;
    await sink.write(auditRecord("after"));
    await sink.close?.();
    const verdict = await verifyAudit(path, { key: auditKey });
    expect(verdict).toMatchObject({ ok: true, records: 2 });
    expect(verdict.gaps.map(({ reason }) => reason)).toEqual(reasons);
    expect((await linesOf(path)).join()).not.toContain("lost-");
  });

  it("writes no half line when the system takes a line in parts", async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const sink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key: auditKey }) });
    partsOf = 100;
    await sink.write(auditRecord("one"));
    await sink.write(auditRecord("two"));
    await sink.close?.();
    expect(await verifyAudit(path, { key: auditKey })).toMatchObject({ ok: true, records: 2, gaps: [] });
  });

  it("tells the calls that it is read-only", async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const sink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key: auditKey }) });
    fault = { code: "EROFS", keeps: 0, truncates: true };
    await expect(sink.write(auditRecord("lost"))).rejects.toMatchObject({ code: "EROFS" });
    fault = undefined;
    await sink.write(auditRecord("after"));
    await sink.close?.();
    expect(await verifyAudit(path, { key: auditKey })).toMatchObject({ ok: true, records: 1 });
  });
});
