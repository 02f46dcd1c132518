import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditKey, auditRecord, linesOf, testFolder } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

const key = auditKey;
const chain = hmacAuditChain({ key });
const records = 6;

/** What a disk may hold of a file and its head after the power failed: any part of the end is gone or zero. */
const powerCut = fc.record({
  /** Of the bytes of the last five lines, how much is left. */
  left: fc.double({ min: 0, max: 1, noNaN: true }),
  zeros: fc.boolean(),
  head: fc.constantFrom("as it was", "of an earlier entry", "gone"),
});

describe("an audit file after a power cut", () => {
  it("goes on and verifies wherever the cut was, and says what is gone", { timeout: 60_000 }, async () => {
    const folder = await testFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(powerCut, async ({ left, zeros, head }) => {
        const path = join(folder, `${++run}.ndjson`);
        const before = ndjsonAuditSink({ path, chain });
        await before.write(auditRecord("request-0"));
        const earlier = await readFile(`${path}.head`);
        for (let index = 1; index < records; index++) await before.write(auditRecord(`request-${index}`));

        const bytes = await readFile(path);
        const kept = bytes.indexOf(10) + 1;
        const end = Math.floor(kept + left * (bytes.length - kept));
        await writeFile(
          path,
          zeros ? Buffer.concat([bytes.subarray(0, end)], bytes.length) : bytes.subarray(0, end),
        );
        if (head !== "as it was") await writeFile(`${path}.head`, head === "gone" ? "" : earlier);

        const after = ndjsonAuditSink({ path, chain });
        await after.write(auditRecord("after"));
        await after.close?.();
        const verdict = await verifyAudit(path, { key });
        expect(verdict.problem).toBeUndefined();
        const ids = (await linesOf(path)).flatMap((line) => JSON.parse(line).request_id ?? []);
        const whole = bytes.subarray(0, end).filter((byte) => byte === 10).length;
        expect(ids).toEqual([...Array.from({ length: whole }, (_, index) => `request-${index}`), "after"]);
        const lost = verdict.gaps.reduce((sum, gap) => sum + gap.lost, 0);
        expect(lost).toBe(head === "as it was" ? records - whole : 0);
        const isTorn = end < bytes.length && (zeros || bytes[end - 1] !== 10);
        expect(verdict.gaps.some(({ reason }) => reason === "torn_line")).toBe(isTorn);
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});
