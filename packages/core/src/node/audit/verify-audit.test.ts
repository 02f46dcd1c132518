import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditProblemKind } from "../../audit/audit-verification.js";
import { linkEntry } from "../../audit/link-entry.js";
import { auditRecord, chainOf, headOf, auditKey as key, publicKey } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { verifyAudit } from "./verify-audit.js";

const original = chainOf(25);
const swapped = (lines: readonly string[], a: number, b: number) =>
  lines.map((line, index) => lines[index === a ? b : index === b ? a : index] ?? line);

describe("verifyAudit", () => {
  it("finds nothing wrong with what was written", async () => {
    const verdict = await verifyAudit(original, { key, publicKey });
    expect(verdict).toMatchObject({
      ok: true,
      entries: 28,
      records: 25,
      checkpoints: 3,
      signed: 28,
      gaps: [],
    });
    expect(verdict.last).toEqual(headOf(original));
  });

  it("takes lines with their line breaks, and a text that was split", async () => {
    expect(
      await verifyAudit(
        original.map((line) => `${line}\n`),
        { key },
      ),
    ).toMatchObject({ ok: true });
    expect(await verifyAudit(`${original.join("\n")}\n`.split("\n"), { key })).toMatchObject({ ok: true });
  });

  const fork = chainOf(5, headOf(original.slice(0, 10)));
  const tampered: Record<
    string,
    { lines: readonly string[]; kind: AuditProblemKind; line: number; seq: number }
  > = {
    "an edited field": {
      lines: original.map((line, index) => (index === 6 ? line.replace('"ok"', '"refused"') : line)),
      kind: "edit",
      line: 7,
      seq: 7,
    },
    "an edited number of the entry": {
      lines: original.map((line, index) => (index === 6 ? line.replace('"seq":7', '"seq":8') : line)),
      kind: "edit",
      line: 7,
      seq: 7,
    },
    "a line that is made up": {
      lines: original.toSpliced(3, 0, '{"request_id":"forged"}'),
      kind: "edit",
      line: 4,
      seq: 4,
    },
    "an entry made with another key": {
      lines: original.with(
        3,
        linkEntry(
          hmacAuditChain({ key: key.toUpperCase() }),
          headOf(original.slice(0, 3)),
          auditRecord("forged"),
        ).line,
      ),
      kind: "edit",
      line: 4,
      seq: 4,
    },
    "an entry of another partition": {
      lines: original.with(
        3,
        linkEntry(hmacAuditChain({ key, partition: "b" }), headOf(original.slice(0, 3)), auditRecord("b"))
          .line,
      ),
      kind: "edit",
      line: 4,
      seq: 4,
    },
    "one entry deleted": { lines: original.toSpliced(6, 1), kind: "gap", line: 7, seq: 7 },
    "several deleted": { lines: original.toSpliced(6, 9), kind: "gap", line: 7, seq: 7 },
    "the first deleted": { lines: original.slice(1), kind: "gap", line: 1, seq: 1 },
    "two neighbours swapped": { lines: swapped(original, 6, 7), kind: "reorder", line: 7, seq: 8 },
    "two far ones swapped": { lines: swapped(original, 3, 20), kind: "reorder", line: 4, seq: 21 },
    "one moved to the end": {
      lines: [...original.toSpliced(6, 1), original[6] ?? ""],
      kind: "reorder",
      line: 7,
      seq: 8,
    },
    "one twice": { lines: original.toSpliced(9, 0, original[6] ?? ""), kind: "reorder", line: 10, seq: 7 },
    "the end cut off": { lines: original.slice(0, 20), kind: "truncation", line: 21, seq: 21 },
    "the closing checkpoint cut off": { lines: original.slice(0, 27), kind: "truncation", line: 28, seq: 28 },
    "cut off after a checkpoint": { lines: original.slice(0, 11), kind: "truncation", line: 12, seq: 12 },
    "everything gone": { lines: [], kind: "truncation", line: 1, seq: 1 },
    "a second branch behind the first": { lines: [...original, ...fork], kind: "fork", line: 29, seq: 11 },
    "two branches interleaved": {
      lines: original.flatMap((line, index) =>
        index < 10 ? [line] : [line, ...fork.slice(index - 10, index - 9)],
      ),
      kind: "fork",
      line: 12,
      seq: 11,
    },
    "a branch in place of the end": {
      lines: [...original.slice(0, 12), ...fork.slice(2)],
      kind: "fork",
      line: 13,
      seq: 13,
    },
  };
  it.each(Object.entries(tampered))(
    "names the first bad entry: %s",
    async (_, { lines, kind, line, seq }) => {
      const { ok, problem } = await verifyAudit(lines, { key, publicKey });
      expect({ ok, kind: problem?.kind, line: problem?.line, seq: problem?.seq }).toEqual({
        ok: false,
        kind,
        line,
        seq,
      });
    },
  );

  it("quotes nothing of an entry", async () => {
    for (const { lines } of Object.values(tampered))
      expect(JSON.stringify((await verifyAudit(lines, { key })).problem)).not.toMatch(
        /ada|acme|request-|forged/,
      );
  });

  it("compares with a head from elsewhere", async () => {
    const head = headOf(original);
    expect(await verifyAudit(original, { key, head })).toMatchObject({ ok: true });
    expect(await verifyAudit(original.slice(0, 27), { key, head })).toMatchObject({
      problem: { kind: "truncation", line: 28, seq: 28 },
    });
    // A writer at work: the end is open, and further than the head.
    expect(
      await verifyAudit(original.slice(0, 20), { key, head: headOf(original.slice(0, 18)) }),
    ).toMatchObject({
      ok: true,
    });
    const other = { ...head, hash: "x".repeat(43) };
    expect(await verifyAudit(original, { key, head: other })).toMatchObject({
      problem: { kind: "fork", seq: 28 },
    });
  });

  it("compares with a head from elsewhere that is far behind", async () => {
    let head = { seq: 0, hash: "" };
    const lines: string[] = [];
    const unsigned = hmacAuditChain({ key });
    for (let index = 0; index < 17_000; index++) {
      const linked = linkEntry(unsigned, head, auditRecord("request"));
      lines.push(linked.line);
      ({ head } = linked);
    }
    const early = headOf(lines.slice(0, 5));
    expect(await verifyAudit(lines, { key, head: early })).toMatchObject({ ok: true });
    expect(await verifyAudit(lines, { key, head: { ...early, hash: head.hash } })).toMatchObject({
      ok: false,
      problem: { kind: "fork", line: 5, seq: 5 },
    });
  });

  it("takes a part when it is told that it is one", async () => {
    expect(await verifyAudit(original.slice(5, 20), { key, partial: true })).toMatchObject({
      ok: true,
      entries: 15,
    });
    const head = headOf(original);
    expect(await verifyAudit(original.slice(5, 20), { key, partial: true, head })).toMatchObject({
      problem: { kind: "truncation", line: 16, seq: 21 },
    });
    const hole = original.slice(5, 20).toSpliced(3, 1);
    expect(await verifyAudit(hole, { key, partial: true })).toMatchObject({
      problem: { kind: "gap", line: 4 },
    });
  });

  it("says that the key may be another one when no entry fits it", async () => {
    const { problem } = await verifyAudit(original, { key: key.toUpperCase() });
    expect(problem).toMatchObject({ kind: "edit", line: 1 });
    expect(problem?.message).toContain("another chain or key");
  });

  it("holds a source to the partition that is asked for", async () => {
    expect(await verifyAudit(original, { key, partition: "all" })).toMatchObject({ ok: true });
    expect(await verifyAudit(original, { key, partition: "acme" })).toMatchObject({
      problem: { kind: "edit", line: 1 },
    });
  });

  it("says that an entry is of another partition", async () => {
    const other = linkEntry(
      hmacAuditChain({ key, partition: "b" }),
      headOf(original.slice(0, 3)),
      auditRecord("b"),
    );
    for (const checks of [{ key }, { publicKey }]) {
      const { problem } = await verifyAudit(original.with(3, other.line), checks);
      expect(problem).toMatchObject({ kind: "edit", line: 4, message: "the entry is of another partition" });
    }
    const { problem } = await verifyAudit(original, { key, partition: "b" });
    expect(problem).toMatchObject({ kind: "edit", line: 1, message: "the entry is of another partition" });
  });

  it("finds any change of one character, wherever it is", async () => {
    const text = original.slice(0, 12).join("\n");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (at, letter) => {
          fc.pre(text[at] !== letter);
          const changed = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`;
          const { problem } = await verifyAudit(changed.split("\n"), { key, partial: true });
          expect(problem?.kind).toBe("edit");
          expect(problem?.line).toBe(text.slice(0, at).split("\n").length);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it("finds any deletion, repetition and other order of entries", async () => {
    const head = headOf(original);
    const places = fc.array(fc.nat(original.length - 1), { maxLength: original.length + 2 });
    await fc.assert(
      fc.asyncProperty(places, async (order) => {
        const lines = order.map((at) => original[at] ?? "");
        fc.pre(lines.join() !== original.join());
        const { ok, problem } = await verifyAudit(lines, { key, head });
        expect(ok).toBe(false);
        expect(["gap", "reorder", "truncation"]).toContain(problem?.kind);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
