import { appendFile, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditRecord, auditKey as key, linesOf, testFolder } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

const chain = hmacAuditChain({ key });
const newPath = async () => join(await testFolder(), "audit.ndjson");

describe("ndjsonAuditSink after a crash", () => {
  it.each([
    ["half of the last line", -40, 1],
    ["half of the line before", -900, 2],
    ["the last line without its line break", -1, 1],
  ])("cuts off %s, writes down what is gone, and the chain goes on", async (_, by, lost) => {
    const path = await newPath();
    const before = ndjsonAuditSink({ path, chain });
    for (let index = 0; index < 5; index++) await before.write(auditRecord(`request-${index}`));
    const { length } = await readFile(path);
    await truncate(path, length + by); // what a power cut leaves
    const after = ndjsonAuditSink({ path, chain });
    await after.write(auditRecord("after"));
    await after.close?.();
    const verdict = await verifyAudit(path, { key });
    expect(verdict).toMatchObject({ ok: true, records: 6 - lost, gaps: [{ reason: "torn_line", lost }] });
    expect(verdict.last.seq).toBe(verdict.entries + lost); // no number is used twice
  });

  it("writes down whole lines that are gone", async () => {
    const path = await newPath();
    const before = ndjsonAuditSink({ path, chain });
    for (let index = 0; index < 5; index++) await before.write(auditRecord(`request-${index}`));
    await writeFile(path, `${(await linesOf(path)).slice(0, 2).join("\n")}\n`);
    const after = ndjsonAuditSink({ path, chain });
    await after.write(auditRecord("after"));
    await after.close?.();
    expect(await verifyAudit(path, { key })).toMatchObject({
      ok: true,
      records: 3,
      gaps: [{ line: 3, seq: 6, reason: "lost_entries", lost: 3 }],
    });
  });

  it.each([
    ["is missing", (head: string) => rm(head), ["missing_head"]],
    ["is empty", (head: string) => writeFile(head, ""), ["missing_head"]],
    ["is not authentic", (head: string) => writeFile(head, '{"seq":1,"mac":"x"}'), ["missing_head"]],
    ["is of an earlier entry", (head: string, earlier: string) => writeFile(head, earlier), []],
  ])("reads the file when its head %s, and says when nothing tells its end", async (_, spoil, reasons) => {
    const path = await newPath();
    const before = ndjsonAuditSink({ path, chain });
    await before.write(auditRecord("request-0"));
    const earlier = await readFile(`${path}.head`, "utf8");
    for (let index = 1; index < 5; index++) await before.write(auditRecord(`request-${index}`));
    await spoil(`${path}.head`, earlier);
    const after = ndjsonAuditSink({ path, chain });
    await after.write(auditRecord("after"));
    await after.close?.();
    const verdict = await verifyAudit(path, { key });
    expect(verdict).toMatchObject({ ok: true, records: 6 });
    expect(verdict.gaps.map(({ reason }) => reason)).toEqual(reasons);
  });

  it.each([
    ["its end is cut off and its head deleted", false],
    ["an old copy of file and head is put back", true],
  ])("remembers what it has written when %s", async (_, isCopy) => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain });
    for (let index = 0; index < 2; index++) await sink.write(auditRecord(`request-${index}`));
    const copy = [await readFile(path), await readFile(`${path}.head`)] as const;
    for (let index = 2; index < 5; index++) await sink.write(auditRecord(`request-${index}`));
    await rm(`${path}.head`);
    if (isCopy) {
      await rm(path);
      await writeFile(`${path}.head`, copy[1]);
    }
    await writeFile(path, copy[0]);
    await sink.write(auditRecord("after"));
    await sink.close?.();
    expect(await verifyAudit(path, { key })).toMatchObject({
      ok: true,
      records: 3,
      gaps: [{ line: 3, seq: 6, reason: "lost_entries", lost: 3 }],
    });
  });

  it("begins no second chain when file and head are deleted under it", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain });
    for (let index = 0; index < 5; index++) await sink.write(auditRecord(`request-${index}`));
    await rm(path);
    await rm(`${path}.head`);
    await sink.write(auditRecord("after"));
    await sink.close?.();
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: false, problem: { kind: "gap", seq: 1 } });
    expect(await verifyAudit(path, { key, partial: true })).toMatchObject({
      ok: true,
      records: 1,
      gaps: [{ seq: 6, reason: "missing_file" }],
    });
  });

  it("leaves a whole line that was made up for the verifier to see", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain });
    await sink.write(auditRecord("request-0"));
    await appendFile(path, '{"request_id":"forged"}\n');
    await sink.write(auditRecord("request-1"));
    await sink.close?.();
    expect((await verifyAudit(path, { key })).problem).toMatchObject({ kind: "edit", line: 2 });
  });

  it("cuts a torn line of a plain file, too", async () => {
    const path = await newPath();
    await writeFile(path, `{"request_id":"whole"}\n{"request_id":"to`);
    const sink = ndjsonAuditSink({ path });
    await sink.write(auditRecord("after"));
    await sink.close?.();
    expect((await linesOf(path)).map((line) => JSON.parse(line))).toMatchObject([
      { request_id: "whole" },
      { entry: "gap", reason: "torn_line", cut_bytes: 17 },
      { request_id: "after" },
    ]);
  });

  it("makes a file anew that was deleted or moved away under it", async () => {
    const path = await newPath();
    const sink = ndjsonAuditSink({ path, chain });
    await sink.write(auditRecord("request-0"));
    await rename(path, `${path}.1`); // as logrotate does
    await sink.write(auditRecord("request-1"));
    await sink.close?.();
    const lines = [...(await linesOf(`${path}.1`)), ...(await linesOf(path))];
    expect(await verifyAudit(lines, { key })).toMatchObject({
      ok: true,
      records: 2,
      gaps: [{ reason: "missing_file" }],
    });
    expect((await verifyAudit(path, { key })).problem).toMatchObject({ kind: "gap", seq: 1 });
  });
});
