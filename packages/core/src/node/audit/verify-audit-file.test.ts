import { copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type NdjsonAuditSinkOptions, ndjsonAuditSink } from "../ndjson-audit-sink.js";
import {
  auditKey,
  auditRecord,
  linesOf,
  publicKey,
  signingKey,
  testFolder,
} from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

const key = auditKey;
const chain = hmacAuditChain({ key, signingKey, checkpointRecords: 10 });

describe("verifyAudit of a file", () => {
  async function writtenFile(records: number, options: Partial<NdjsonAuditSinkOptions> = {}) {
    const path = join(await testFolder(), "audit.ndjson");
    const sink = ndjsonAuditSink({ path, chain, ...options });
    for (let index = 0; index < records; index++) await sink.write(auditRecord(`request-${index}`));
    return { path, sink };
  }

  it("verifies a file while it is written and when it is closed", async () => {
    const { path, sink } = await writtenFile(5);
    expect(await verifyAudit(path, { key, publicKey })).toMatchObject({ ok: true, records: 5, signed: 0 });
    await sink.close?.();
    expect(await verifyAudit(path, { key, publicKey })).toMatchObject({ ok: true, records: 5, signed: 6 });
  });

  it("sees by the head that the end of a file that nobody closed is missing", async () => {
    const { path } = await writtenFile(5);
    await writeFile(path, `${(await linesOf(path)).slice(0, 3).join("\n")}\n`);
    expect(await verifyAudit(path, { key })).toMatchObject({
      problem: { kind: "truncation", line: 4, seq: 4 },
    });
    await writeFile(path, "");
    expect(await verifyAudit(path, { key })).toMatchObject({
      problem: { kind: "truncation", line: 1, seq: 1 },
    });
  });

  it("takes the head of another chain for none", async () => {
    const { path } = await writtenFile(5);
    const other = await writtenFile(2, { chain: hmacAuditChain({ key, partition: "other" }) });
    await copyFile(`${other.path}.head`, `${path}.head`);
    const verdict = await verifyAudit(path, { key });
    expect(verdict).toMatchObject({ problem: { kind: "truncation", line: 6, seq: 6 } });
    expect(verdict.problem?.message).toContain("no head");
  });

  it("sees the end of a file that is missing, when its beginning was deleted on purpose", async () => {
    const { path, sink } = await writtenFile(30, { rotate: { maxBytes: 5_000 } });
    await rm(path.replace(".ndjson", ".000001.ndjson"));
    expect(await verifyAudit(path, { key, publicKey, partial: true })).toMatchObject({ ok: true });
    await writeFile(path, `${(await linesOf(path)).slice(0, -1).join("\n")}\n`);
    expect((await verifyAudit(path, { key, publicKey, partial: true })).problem?.kind).toBe("truncation");
    await sink.close?.();
  });

  it("tells a last line that is cut in the middle from an edit", async () => {
    const { path, sink } = await writtenFile(5);
    await sink.close?.();
    const text = (await linesOf(path)).join("\n");
    await writeFile(path, text.slice(0, -20));
    expect(await verifyAudit(path, { key })).toMatchObject({
      problem: { kind: "truncation", line: 6, seq: 6 },
    });
  });

  it("reads the files that the rotation has put aside, and misses one", async () => {
    const { path, sink } = await writtenFile(30, { rotate: { maxBytes: 5_000 } });
    await sink.close?.();
    expect(await verifyAudit(path, { key, publicKey })).toMatchObject({ ok: true, records: 30 });
    const second = path.replace(".ndjson", ".000002.ndjson");
    await copyFile(path.replace(".ndjson", ".000001.ndjson"), second);
    expect(await verifyAudit(path, { key })).toMatchObject({
      problem: { kind: "reorder", file: second, line: 1 },
    });
    await writeFile(second, "");
    expect((await verifyAudit(path, { key })).problem?.kind).toBe("gap");
  });

  it("verifies a file that is rotated at the same time", async () => {
    const { path, sink } = await writtenFile(10, { rotate: { maxBytes: 4_000 } });
    let verifying = true;
    const writing = (async () => {
      while (verifying) {
        await sink.write(auditRecord("meanwhile"));
        await pause(1); // a verifier reads all of it: the file must not grow faster
      }
    })();
    for (let round = 0; round < 20; round++)
      expect((await verifyAudit(path, { key, publicKey })).problem).toBeUndefined();
    verifying = false;
    await writing;
    await sink.close?.();
  });

  it("says what to do about a file that is not there", async () => {
    const path = join(await testFolder(), "none.ndjson");
    await expect(verifyAudit(path, { key })).rejects.toThrow(
      `there is no file ${path}; give the path that the sink was given`,
    );
  });

  it("passes on what the system says of a file that can't be read", async () => {
    await expect(verifyAudit(await testFolder(), { key })).rejects.toThrow(/EISDIR/);
  });
});
