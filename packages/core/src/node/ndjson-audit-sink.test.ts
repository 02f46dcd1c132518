import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditSinkContract } from "../audit/audit-sink-contract.js";
import type { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { ndjsonAuditSink } from "./ndjson-audit-sink.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-"));
});
afterAll(() => rm(folder, { recursive: true }));

const readLines = async (path: string) =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("ndjsonAuditSink", () => {
  auditSinkContract.forEach(({ name, run }, index) => {
    it(name, () =>
      run(async () => {
        const path = join(folder, `case-${index}`, "audit.ndjson");
        return { sink: ndjsonAuditSink({ path }), read: () => readLines(path) };
      }),
    );
  });

  it("appends to the records of an earlier process", async () => {
    const path = join(folder, "restart.ndjson");
    for (const { run } of auditSinkContract.slice(0, 1)) {
      await run(async () => ({ sink: ndjsonAuditSink({ path }), read: () => readLines(path) }));
      await run(async () => ({
        sink: ndjsonAuditSink({ path }),
        read: async () => (await readLines(path)).slice(1),
      }));
    }
  });

  it("rejects when the file can't be opened, and tries again at the next record", async () => {
    const blocker = join(folder, "blocker");
    await writeFile(blocker, "a file where a folder is needed");
    const sink = ndjsonAuditSink({ path: join(blocker, "audit.ndjson") });
    const record = { request_id: "r" } as Parameters<ReturnType<typeof memoryAuditSink>["write"]>[0];
    await expect(sink.write(record)).rejects.toThrow();
    await rm(blocker);
    await sink.write(record);
    await sink.close?.();
    expect(await readLines(join(blocker, "audit.ndjson"))).toEqual([{ request_id: "r" }]);
  });
});
