import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditSinkContract } from "../../audit/audit-sink-contract.js";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditKey, auditRecord, linesOf, testFolder } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { tenantAuditSink } from "./tenant-audit-sink.js";
import { verifyAudit } from "./verify-audit.js";

const key = auditKey;

async function newSink(maxOpen = 100) {
  const folder = await testFolder();
  let opened = 0;
  const sink = tenantAuditSink({
    folder,
    maxOpen,
    open({ path, partition }) {
      opened += 1;
      return ndjsonAuditSink({ path, chain: hmacAuditChain({ key, partition }) });
    },
  });
  const files = async () => (await readdir(folder)).filter((name) => name.endsWith(".ndjson"));
  return { sink, folder, files, opened: () => opened };
}

describe("tenantAuditSink", () => {
  for (const { name, run } of auditSinkContract)
    it(name, () =>
      run(async () => {
        const { sink, folder } = await newSink();
        return {
          sink,
          async read() {
            const entries = (await linesOf(join(folder, "acme.ndjson"))).map((line) => JSON.parse(line));
            return entries
              .filter(({ entry }) => entry === undefined)
              .map(({ partition, seq, previous_hash, hash, mac, ...record }) => record);
          },
        };
      }),
    );

  it("chains every tenant by itself; another tenant's file is not taken for it", async () => {
    const { sink, folder, files } = await newSink();
    for (const tenant_id of ["acme", "other", "acme"])
      await sink.write(auditRecord("request", { tenant_id }));
    const { tenant_id: _, ...nobodys } = auditRecord("request");
    await sink.write(nobodys);
    await sink.close?.();
    expect((await files()).sort()).toEqual(["=none.ndjson", "acme.ndjson", "other.ndjson"]);
    const path = join(folder, "acme.ndjson");
    expect(await verifyAudit(path, { key, partition: "acme" })).toMatchObject({ ok: true, records: 2 });
    const wrong = await verifyAudit(join(folder, "other.ndjson"), { key, partition: "acme" });
    expect(wrong.problem).toMatchObject({ kind: "edit", line: 1 });
  });

  it("lets no tenant id leave the folder or run into another's file", async () => {
    const { sink, folder, files } = await newSink();
    const ids = [
      "../../etc/passwd",
      "..",
      "Acme",
      "acme",
      "a/b",
      "a\0b",
      "",
      "x".repeat(5_000),
      "héllo",
      "=acme",
    ];
    for (const tenant_id of ids) await sink.write(auditRecord("request", { tenant_id }));
    await sink.close?.();
    const names = await files();
    expect(names).toHaveLength(ids.length);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length);
    for (const name of names) {
      expect(name).toMatch(/^=?[a-z0-9_-]+\.ndjson$/);
      expect(await verifyAudit(join(folder, name), { key })).toMatchObject({ ok: true, records: 1 });
    }
  });

  it("keeps few files open, and goes on in one that it had closed", async () => {
    const { sink, folder, opened } = await newSink(2);
    for (let round = 0; round < 3; round++)
      for (const tenant_id of ["a", "b", "c"])
        await sink.write(auditRecord(`request-${round}`, { tenant_id }));
    await sink.close?.();
    expect(opened()).toBe(9);
    for (const name of ["a", "b", "c"])
      expect(await verifyAudit(join(folder, `${name}.ndjson`), { key })).toMatchObject({
        ok: true,
        records: 3,
      });
  });
});
