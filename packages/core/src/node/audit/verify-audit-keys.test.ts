import { describe, expect, it } from "vitest";
import { linkCheckpoint, linkEntry } from "../../audit/link-entry.js";
import { isGatewayError } from "../../errors/gateway-error.js";
import { auditRecord, chainOf, headOf, auditKey as key, publicKey } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

const original = chainOf(25);

describe("verifyAudit and who has which key", () => {
  it("needs one of the keys only", async () => {
    expect(await verifyAudit(original, { key })).not.toHaveProperty("signed");
    expect(await verifyAudit(original, { publicKey })).toMatchObject({ ok: true, signed: 28 });
    await expect(verifyAudit(original, {})).rejects.toSatisfy((error) =>
      isGatewayError(error, "invalid_config"),
    );
  });

  it("finds out who has the key, but not the signing key", async () => {
    const unsigned = hmacAuditChain({ key });
    let head = headOf(original.slice(0, 15));
    const lines = original.slice(0, 15);
    const record = linkEntry(unsigned, head, auditRecord("rewritten"));
    head = record.head;
    lines.push(
      record.line,
      linkCheckpoint(unsigned, head, { time: "2026-01-01T00:00:00.000Z", final: true }).line,
    );
    expect(await verifyAudit(lines, { key })).toMatchObject({ ok: true });
    expect(await verifyAudit(lines, { key, publicKey })).toMatchObject({
      ok: false,
      problem: { kind: "edit", line: 17 },
    });
  });

  it("finds out with the public key alone who makes the hashes fit", async () => {
    const digest = hmacAuditChain({ key: "another key, 32 bytes or longer than that", partition: "all" });
    let head = headOf(original.slice(0, 12));
    const lines = original.slice(0, 12);
    for (const line of original.slice(12)) {
      const { entry, time, signature, final, ...rest } = JSON.parse(line);
      const content = entry === undefined ? auditRecord(rest.request_id, { outcome: "failed" }) : undefined;
      const linked = linkEntry(
        digest,
        head,
        content ?? { entry, time, signature, ...(final ? { final } : {}) },
      );
      lines.push(linked.line);
      head = linked.head;
    }
    expect(await verifyAudit(lines, { publicKey })).toMatchObject({
      ok: false,
      signed: 11,
      problem: { kind: "edit", line: 22 },
    });
  });

  it("misses the checkpoints that the holder of the key has left out", async () => {
    const unsigned = hmacAuditChain({ key });
    const lines = original.slice(0, 11);
    for (let index = 0; index < 11; index++)
      lines.push(linkEntry(unsigned, headOf(lines), auditRecord("rewritten")).line);
    const options = { key, publicKey, head: headOf(lines) };
    expect(await verifyAudit(lines, { ...options, checkpointRecords: 10 })).toMatchObject({
      ok: false,
      signed: 11,
      problem: { kind: "gap", line: 22, seq: 22 },
    });
    expect(await verifyAudit(lines, options)).toMatchObject({ ok: true });
  });

  it("believes with the public key alone only what is signed or noted", async () => {
    const other = hmacAuditChain({ key: "another key, 32 bytes or longer than that" });
    const forged: string[] = [];
    let head = { seq: 0, hash: "" };
    for (let index = 0; index < 5; index++) {
      const linked = linkEntry(other, head, auditRecord("forged"));
      forged.push(linked.line);
      ({ head } = linked);
    }
    expect(await verifyAudit(forged, { publicKey, partial: true })).toMatchObject({
      ok: false,
      signed: 0,
      problem: { kind: "truncation", line: 6, seq: 6 },
    });
    expect(await verifyAudit(original.slice(0, 20), { publicKey, partial: true })).toMatchObject({
      ok: false,
    });
    expect(await verifyAudit(original.slice(0, 22), { publicKey, partial: true })).toMatchObject({
      ok: true,
    });
    expect(
      await verifyAudit(original.slice(0, 20), { publicKey, head: headOf(original.slice(0, 20)) }),
    ).toMatchObject({ ok: true });
  });
});
