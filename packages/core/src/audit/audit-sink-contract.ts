import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import { sampleAuditRecord } from "../testing/sample-audit-record.js";
import type { AuditSink } from "./audit-sink.js";

/** Makes an empty sink, and a way to read what it has written (JSON lines, rows …) as records, oldest first. */
export type CreateAuditSink = () => Promise<{
  readonly sink: AuditSink;
  read(): Promise<readonly unknown[]>;
}>;

/** What every audit sink promises. */
export const auditSinkContract: readonly ContractCase<CreateAuditSink>[] = [
  {
    name: "keeps every field of a record",
    async run(create) {
      const { sink, read } = await create();
      await sink.write(sampleAuditRecord("request-1"));
      await sink.close?.();
      assert.deepEqual(await read(), [sampleAuditRecord("request-1")]);
    },
  },
  {
    name: "keeps records in the order they were written",
    async run(create) {
      const { sink, read } = await create();
      for (let index = 0; index < 20; index++) await sink.write(sampleAuditRecord(`request-${index}`));
      await sink.close?.();
      const ids = (await read()).map((row) => Reflect.get(Object(row), "request_id"));
      assert.deepEqual(
        ids,
        Array.from({ length: 20 }, (_, index) => `request-${index}`),
      );
    },
  },
  {
    name: "loses and mixes nothing when 200 calls write at once",
    async run(create) {
      const { sink, read } = await create();
      await Promise.all(
        Array.from({ length: 200 }, (_, index) => sink.write(sampleAuditRecord(`request-${index}`))),
      );
      await sink.close?.();
      const ids = new Set((await read()).map((row) => Reflect.get(Object(row), "request_id")));
      assert.equal(ids.size, 200);
    },
  },
  {
    name: "keeps a line break in a value from starting a new record",
    async run(create) {
      const { sink, read } = await create();
      await sink.write({ ...sampleAuditRecord("request-1"), user_id: 'mallory"\n{"request_id":"forged"}' });
      await sink.close?.();
      assert.equal((await read()).length, 1);
    },
  },
];
