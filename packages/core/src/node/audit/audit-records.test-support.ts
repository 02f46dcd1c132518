import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { AuditRecord } from "../../audit/audit-record.js";
import { linkCheckpoint, linkEntry } from "../../audit/link-entry.js";
import { sampleAuditRecord } from "../../testing/sample-audit-record.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";

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

/** A chain that signs, with a checkpoint after every ten records. */
const signedChain = hmacAuditChain({ key: auditKey, signingKey, checkpointRecords: 10 });

/** Lines of a chain that was closed. */
export function chainOf(records: number, from = { seq: 0, hash: "" }): string[] {
  let head = from;
  const lines: string[] = [];
  const add = (linked: ReturnType<typeof linkEntry>) => {
    lines.push(linked.line);
    head = linked.head;
  };
  for (let index = 1; index <= records; index++) {
    add(linkEntry(signedChain, head, auditRecord(`request-${index}`)));
    const final = index === records;
    if (index % 10 === 0 || final)
      add(linkCheckpoint(signedChain, head, { time: "2026-01-01T00:00:00.000Z", final }));
  }
  return lines;
}

/** The last of some lines, as what follows is linked to it. */
export const headOf = (lines: readonly string[]) => {
  const { seq, hash } = JSON.parse(lines.at(-1) ?? "");
  return { seq, hash };
};
