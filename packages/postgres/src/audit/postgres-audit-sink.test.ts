import { generateKeyPairSync } from "node:crypto";
import type { AuditRecord } from "@levqor/core";
import { hmacAuditChain } from "@levqor/core/node";
import { auditSinkContract, manualClock } from "@levqor/core/testing";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../test-database.test-support.js";
import { testProgram } from "../test-program.test-support.js";
import { postgresAuditSink } from "./postgres-audit-sink.js";
import { verifyAuditTable } from "./verify-audit-table.js";

const database = testDatabase();
const key = "a key for tests that is long enough";
const pair = generateKeyPairSync("ed25519");
const signingKey = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const publicKey = pair.publicKey.export({ format: "pem", type: "spki" }).toString();

const record = (requestId: string, changes: Partial<AuditRecord> = {}): AuditRecord => ({
  time: "2026-01-01T00:00:00.000Z",
  request_id: requestId,
  task: "chat",
  tenant_id: "acme",
  outcome: "ok",
  input_tokens: 12,
  output_tokens: 3,
  cost_usd: 0.000012,
  duration_ms: 40,
  cache: "miss",
  masks: { EMAIL: 1 },
  attempts: [],
  ...changes,
});

let partitions = 0;
/** A sink with a chain of its own. */
function subject(options: Partial<Parameters<typeof hmacAuditChain>[0]> = {}) {
  const partition = `chain${partitions++}`;
  const { pool, schema } = database;
  const chain = hmacAuditChain({ key, partition, ...options });
  return {
    partition,
    chain,
    sink: postgresAuditSink({ pool, schema, chain }),
    verify: (checks = {}) => verifyAuditTable(pool, { schema, partition, key, ...checks }),
    async run(sql: string) {
      await database.row(sql, [partition]);
    },
    async lines() {
      const sql = `select json_agg(line order by seq) as lines from "${schema}".ai_audit where partition = $1`;
      const { lines } = await database.row(sql, [partition]);
      return ((lines ?? []) as string[]).map((line) => JSON.parse(line));
    },
  };
}

describe("postgresAuditSink keeps the audit sink's contract:", () => {
  for (const { name, run } of auditSinkContract)
    it(name, () =>
      run(async () => {
        const { sink, lines } = subject();
        const withoutChain = ({
          hash,
          mac,
          partition,
          previous_hash,
          seq,
          ...rest
        }: Record<string, unknown>) => rest;
        const read = async () => (await lines()).filter((line) => line.entry === undefined).map(withoutChain);
        return { sink, read };
      }),
    );
});

describe("postgresAuditSink", () => {
  it("writes a chain that verifies, open and closed, with and without the key", async () => {
    const { sink, verify } = subject({ signingKey, checkpointRecords: 10 });
    await Promise.all(Array.from({ length: 25 }, (_, index) => sink.write(record(`request-${index}`))));
    expect(await verify()).toMatchObject({ ok: true, records: 25 });
    expect(await verify({ key: undefined, publicKey })).toMatchObject({
      ok: false,
      problem: { kind: "truncation" },
    });
    await sink.close?.();
    const verdict = await verify({ publicKey });
    expect(verdict).toMatchObject({ ok: true, records: 25, gaps: [] });
    expect(verdict.signed).toBe(verdict.entries);
    expect(await verify({ key: undefined, publicKey })).toMatchObject({ ok: true, records: 25 });
  });

  it("goes on where another sink has stopped", async () => {
    const first = subject();
    await first.sink.write(record("request-1"));
    await first.sink.close?.();
    const { pool, schema } = database;
    const second = postgresAuditSink({ pool, schema, chain: first.chain });
    await second.write(record("request-2"));
    expect(await first.verify()).toMatchObject({ ok: true, records: 2 });
  });

  it("writes a checkpoint when one is due by time", async () => {
    const clock = manualClock();
    const { pool, schema } = database;
    const { chain, lines } = subject({ checkpointMs: 1_000 });
    const sink = postgresAuditSink({ pool, schema, chain, clock });
    await sink.write(record("request-1"));
    expect(await lines()).toHaveLength(1);
    await clock.advance(1_000);
    await sink.write(record("request-2")); // its turn comes after the checkpoint's
    expect((await lines()).map(({ entry, request_id }) => entry ?? request_id)).toEqual([
      "request-1",
      "checkpoint",
      "request-2",
    ]);
  });

  it("writes ids that PostgreSQL can't hold, and finds them", async () => {
    const { sink, verify, lines } = subject();
    await sink.write(record("a\0b", { tenant_id: "half \ud800 pair", user_id: "\0" }));
    await sink.write(record("😀".repeat(9_999), { tenant_id: "x".repeat(99_999) }));
    expect(await verify()).toMatchObject({ ok: true, records: 2 });
    expect((await lines())[0]).toMatchObject({ request_id: "a\0b", user_id: "\0" });
  });

  it("writes nothing to a chain whose head was made with another key", async () => {
    const { sink, partition, lines } = subject();
    await sink.write(record("request-1"));
    const { pool, schema } = database;
    const chain = hmacAuditChain({ key: `${key}, but another one`, partition });
    const stranger = postgresAuditSink({ pool, schema, chain });
    await expect(stranger.write(record("request-2"))).rejects.toThrow("another key");
    expect(await lines()).toHaveLength(1);
  });

  it("does not begin a chain anew when its head is gone", async () => {
    const { sink, chain, run, lines } = subject();
    await sink.write(record("request-1"));
    await run("delete from ai_audit_heads where partition = $1");
    const { pool, schema } = database;
    const next = postgresAuditSink({ pool, schema, chain });
    await expect(next.write(record("request-2"))).rejects.toThrow("entries go on where its head does not");
    await expect(sink.write(record("request-3"))).rejects.toThrow();
    expect(await lines()).toHaveLength(1);
  });

  it("refuses more records than may wait", async () => {
    const { pool, schema } = database;
    const sink = postgresAuditSink({ pool, schema, chain: subject().chain, maxPending: 2 });
    const written = [record("1"), record("2"), record("3")].map(async (each) => sink.write(each));
    const outcomes = await Promise.allSettled(written);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  });
});

describe("verifyAuditTable tells", () => {
  const filled = async () => {
    const made = subject();
    for (let index = 1; index <= 9; index++) await made.sink.write(record(`request-${index}`));
    await made.sink.close?.();
    expect(await made.verify()).toMatchObject({ ok: true, entries: 10 });
    return made;
  };
  const cases = [
    [
      "an edited entry",
      "update ai_audit set line = replace(line, 'acme', 'evil') where partition = $1 and seq = 4",
      "edit",
    ],
    [
      "a column that contradicts its entry",
      "update ai_audit set tenant_id = 'evil' where partition = $1 and seq = 4",
      "edit",
    ],
    [
      "a time that contradicts its entry",
      "update ai_audit set time = now() where partition = $1 and seq = 4",
      "edit",
    ],
    ["a missing entry", "delete from ai_audit where partition = $1 and seq = 4", "gap"],
    ["a missing end", "delete from ai_audit where partition = $1 and seq > 7", "truncation"],
    [
      "a changed head",
      "update ai_audit_heads set head = replace(head, '\"seq\":10', '\"seq\":7') where partition = $1",
      "edit",
    ],
    ["a missing head", "delete from ai_audit_heads where partition = $1", "truncation"],
  ] as const;
  for (const [name, sql, kind] of cases)
    it(`${name}: ${kind}`, async () => {
      const { run, verify } = await filled();
      await run(sql);
      expect(await verify()).toMatchObject({ ok: false, problem: { kind } });
    });

  it("entries of another chain's key", async () => {
    const { verify } = await filled();
    expect(await verify({ key: `${key}, but another one` })).toMatchObject({
      ok: false,
      problem: { kind: "edit", line: 1 },
    });
  });

  it("more entries than one page, in order", async () => {
    const { sink, verify } = subject();
    await Promise.all(Array.from({ length: 2_500 }, (_, index) => sink.write(record(`request-${index}`))));
    expect(await verify()).toMatchObject({ ok: true, records: 2_500 });
  });
});

describe("several processes", () => {
  const writer = testProgram(`
    import { hmacAuditChain } from "@levqor/core/node";
    import { postgresAuditSink } from "./audit/postgres-audit-sink.ts";
    const { name, count, key, schema, partition } = settings;
    const sink = postgresAuditSink({ pool, schema, chain: hmacAuditChain({ key, partition, checkpointRecords: 20 }), timeoutMs: 20_000 });
    for (let index = 0; index < count; index++) {
      await sink.write({ ...settings.record, request_id: name + "-" + index });
      print(String(index));
    }
    await sink.close();
    await pool.end();
  `);
  const start = (settings: object) => {
    const { url, schema } = database;
    return writer.start({ url, schema, key, record: record(""), ...settings });
  };

  it("write one chain: eight at once, and it has one branch", { timeout: 180_000 }, async () => {
    const { partition, verify, lines } = subject();
    const names = Array.from({ length: 8 }, (_, index) => `writer${index}`);
    await Promise.all(names.map((name) => start({ name, partition, count: 40 }).done()));
    expect(await verify()).toMatchObject({ ok: true, records: 320, gaps: [] });
    const ids: string[] = (await lines()).flatMap(({ request_id }) => request_id ?? []);
    for (const name of names)
      expect(ids.filter((id) => id.startsWith(`${name}-`))).toEqual(
        Array.from({ length: 40 }, (_, index) => `${name}-${index}`),
      );
  });

  it("lose no acknowledged record when one is killed", { timeout: 180_000 }, async () => {
    const { partition, verify, lines } = subject();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const victim = start({ name: `round${round}`, partition, count: 100_000 });
      await victim.printed(String(round * 5));
      victim.child.kill("SIGKILL");
      await new Promise((resolve) => victim.child.once("close", resolve));
      acknowledged.push(...victim.lines.map((index) => `round${round}-${index}`));
    }
    await start({ name: "survivor", partition, count: 3 }).done();
    expect(await verify()).toMatchObject({ ok: true });
    const ids = new Set((await lines()).map(({ request_id }) => request_id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  });
});
