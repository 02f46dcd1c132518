import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { AuditRecord } from "../../audit/audit-record.js";

/** A key that is long enough, and no secret. */
export const auditKey = "a key for tests that is long enough";

const pair = generateKeyPairSync("ed25519");
export const signingKey = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
export const publicKey = pair.publicKey.export({ format: "pem", type: "spki" }).toString();

/** A record like those of the gateway; `changes` win. */
export function auditRecord(requestId: string, changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    time: "2026-01-01T00:00:00.000Z",
    request_id: requestId,
    task: "chat",
    tenant_id: "acme",
    user_id: "ada",
    outcome: "ok",
    source: "model",
    provider: "fake",
    model: "fake-1",
    input_tokens: 12,
    output_tokens: 3,
    usage_source: "reported",
    cost_usd: 0.000012,
    duration_ms: 40,
    cache: "miss",
    masks: { EMAIL: 1 },
    attempts: [{ target: "fake/fake-1", outcome: "ok", duration_ms: 38 }],
    ...changes,
  };
}

/** A folder that is gone when the test is over. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "audit-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The lines of a file, without line breaks. */
export const linesOf = async (path: string): Promise<string[]> =>
  (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
