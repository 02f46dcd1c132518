import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AuditSink } from "../../audit/audit-sink.js";
import { auditSinkContract } from "../../audit/audit-sink-contract.js";
import { memorySubjectKeys } from "../../audit/memory-subject-keys.js";
import { createAiGateway } from "../../create-ai-gateway.js";
import { isGatewayError } from "../../errors/gateway-error.js";
import { memoryAuditSink } from "../../testing/memory-audit-sink.js";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import {
  auditKey,
  auditRecord,
  linesOf,
  publicKey,
  signingKey,
  testFolder,
} from "./audit-records.test-support.js";
import { fileSubjectKeys } from "./file-subject-keys.js";
import { auditMac, hmacAuditChain } from "./hmac-audit-chain.js";
import { pseudonymousAuditSink } from "./pseudonymous-audit-sink.js";
import { spooledAuditSink } from "./spooled-audit-sink.js";
import { verifyAudit } from "./verify-audit.js";

const key = auditKey;
const of = (userId: string, tenantId = "acme") => ({ userId, tenantId });

function newSink(subjects = memorySubjectKeys()) {
  const { records, ...sink } = memoryAuditSink();
  const ids = () => records.map((record) => record.user_id);
  return { ids, records, sink: pseudonymousAuditSink({ sink, key, subjects }) };
}

describe("pseudonymousAuditSink", () => {
  for (const { name, run } of auditSinkContract)
    it(name, () =>
      run(async () => {
        const { sink, records } = newSink();
        return { sink, read: async () => records };
      }),
    );

  it("gives a user one pseudonym, and every user of every tenant another", async () => {
    const { sink, ids } = newSink();
    for (const [userId, tenant_id] of [
      ["ada", "acme"],
      ["ada", "acme"],
      ["bob", "acme"],
      ["ada", "other"],
    ] as const)
      await sink.write(auditRecord("request", { user_id: userId, tenant_id }));
    const [first, again, bob, elsewhere] = ids();
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(again).toBe(first);
    expect(new Set([first, bob, elsewhere]).size).toBe(3);
    expect(await sink.pseudonymOf(of("ada"))).toBe(first);
    expect(await sink.pseudonymOf(of("nobody"))).toBeUndefined();
  });

  it("finds and erases a user by the id that the host has, however the record had to write it", async () => {
    const { sink, ids } = newSink();
    const gateway = createAiGateway({ auditSink: sink, logger: { info() {}, warn() {}, error() {} } });
    for (const userId of [`a\n${"x".repeat(10_240)}`, 42 as unknown as string]) {
      await gateway.chat({ message: "What is a workflow?" }, { caller: of(userId) });
      expect(await sink.pseudonymOf(of(userId))).toBe(ids().at(-1));
      expect(await sink.eraseSubject(of(userId))).toBe(true);
    }
  });

  it("can't say any more whose records they were, once a user is erased", async () => {
    const { sink, ids } = newSink();
    await sink.write(auditRecord("before"));
    expect(await sink.eraseSubject(of("ada"))).toBe(true);
    expect(await sink.eraseSubject(of("ada"))).toBe(false);
    expect(await sink.pseudonymOf(of("ada"))).toBeUndefined();
    await sink.write(auditRecord("after"));
    const [before, after] = ids();
    expect(after).not.toBe(before);
    expect(await sink.pseudonymOf(of("ada"))).toBe(after);
  });

  it("hashes without a store, too, but can't erase then", async () => {
    const { records, ...inner } = memoryAuditSink();
    const sink = pseudonymousAuditSink({ sink: inner, key });
    await sink.write(auditRecord("request"));
    expect(records[0]?.user_id).toBe(await sink.pseudonymOf(of("ada")));
    await expect(sink.eraseSubject(of("ada"))).rejects.toSatisfy((error) =>
      isGatewayError(error, "invalid_config"),
    );
  });

  it("passes on a record without a user as it is", async () => {
    const { sink, records } = newSink();
    const { user_id: _, ...record } = auditRecord("request");
    await sink.write(record);
    expect(records).toEqual([record]);
  });

  it("spools when the sink behind it does", () => {
    const { records: _, ...inner } = memoryAuditSink();
    expect(pseudonymousAuditSink({ sink: inner, key }).spools).toBeUndefined();
    expect(pseudonymousAuditSink({ sink: { ...inner, spools: true }, key }).spools).toBe(true);
  });

  it("leaves nothing behind that leads to an erased user: not in the file, the spool, the keys", async () => {
    const folder = await testFolder();
    const path = join(folder, "audit.ndjson");
    const chain = hmacAuditChain({ key, signingKey, checkpointRecords: 2 });
    const file = ndjsonAuditSink({ path, chain });
    let isDown = false;
    const shaky: AuditSink = {
      ...file,
      write: (record) => (isDown ? Promise.reject(new Error("down")) : file.write(record)),
    };
    const sink = pseudonymousAuditSink({
      key,
      subjects: fileSubjectKeys({ path: join(folder, "keys") }),
      sink: spooledAuditSink({ sink: shaky, folder: join(folder, "spool") }),
    });
    for (const user_id of ["ada", "bob", "ada"]) await sink.write(auditRecord("written", { user_id }));
    isDown = true;
    for (const user_id of ["ada", "bob"]) await sink.write(auditRecord("spooled", { user_id }));
    const subject = auditMac(key).mac(JSON.stringify(["acme", "ada"])); // what the holder of the key can compute
    const everything = async () => {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
      return (await Promise.all(files.map((name) => readFile(name, "utf8")))).join("\n");
    };
    expect(await everything()).toContain(subject);
    await sink.eraseSubject(of("ada"));
    const left = await everything();
    expect(left).toContain('"request_id":"spooled"');
    expect(left).not.toContain(subject);
    expect(left).not.toContain("ada");
    expect(await sink.pseudonymOf(of("ada"))).toBeUndefined();
    isDown = false;
    await sink.close?.();
    expect(await verifyAudit(path, { key, publicKey })).toMatchObject({ ok: true, records: 5, gaps: [] });
  });

  it("erases from a chained file that verifies before and after", async () => {
    const folder = await testFolder();
    const path = join(folder, "audit.ndjson");
    const subjects = fileSubjectKeys({ path: join(folder, "subjects") });
    const file = ndjsonAuditSink({ path, chain: hmacAuditChain({ key }) });
    const sink = pseudonymousAuditSink({ sink: file, key, subjects });
    for (const user_id of ["ada", "bob", "ada"]) await sink.write(auditRecord("request", { user_id }));
    await sink.close?.();
    const lines = await linesOf(path);
    await sink.eraseSubject(of("ada"));
    expect(await linesOf(path)).toEqual(lines);
    expect(lines.join()).not.toMatch(/"ada"|"bob"/);
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true, records: 3 });
    expect(lines.join()).toContain(await sink.pseudonymOf(of("bob")));
    expect(await sink.pseudonymOf(of("ada"))).toBeUndefined();
  });
});
