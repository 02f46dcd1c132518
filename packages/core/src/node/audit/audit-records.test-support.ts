import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { AuditRecord } from "../../audit/audit-record.js";
import { sampleAuditRecord } from "../../testing/sample-audit-record.js";

/** A key that is long enough, and no secret. */
export const auditKey = "a key for tests that is long enough";

const pair = generateKeyPairSync("ed25519");
export const signingKey = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
export const publicKey = pair.publicKey.export({ format: "pem", type: "spki" }).toString();

/** A record of Ada's; `changes` win. */
export const auditRecord = (requestId: string, changes: Partial<AuditRecord> = {}): AuditRecord =>
  sampleAuditRecord(requestId, { user_id: "ada", ...changes });

/** A folder that is gone when the test is over. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "audit-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The lines of a file, without line breaks. */
export const linesOf = async (path: string): Promise<string[]> =>
  (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
