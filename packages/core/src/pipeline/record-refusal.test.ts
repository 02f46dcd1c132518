import { expect, it } from "vitest";
import type { AuditRecord } from "../audit/audit-record.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import { patternMasker } from "../mask/pattern-masker.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { DecisionRecord } from "./decision-record.js";
import type { Caller } from "./task-call.js";

const logger = { info() {}, warn() {}, error() {} };

it("a refusal runs no step but the audit's, and is told to onSettled", async () => {
  const settled: DecisionRecord[] = [];
  const auditSink = memoryAuditSink();
  const untouched = () => expect.unreachable();
  const gateway = createAiGateway({
    logger,
    auditSink,
    authorizer: { authorize: untouched },
    rateLimiter: { consume: untouched },
    masker: { ...patternMasker(), mask: untouched },
    hooks: { beforeRoute: untouched, onSettled: (decision) => void settled.push(decision) },
  });
  const caller = { userId: "ada", note: "CANARY" } as Caller;
  const error = new GatewayError("unauthenticated", "CANARY", { cause: new Error("CANARY") });
  await gateway.recordRefusal(error, { task: gateway.tasks.debug, caller, requestId: "request-1" });
  expect(auditSink.records).toMatchObject([
    {
      task: "debug",
      request_id: "request-1",
      user_id: "ada",
      outcome: "refused",
      error_code: "unauthenticated",
    },
  ]);
  expect(JSON.stringify(auditSink.records)).not.toContain("CANARY");
  expect(settled).toMatchObject([{ steps: ["audit"], outcome: "refused", attempts: [], cache: "bypass" }]);
});

it("a refusal of a client that has left is written down, and that is no failure", async () => {
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({ logger, auditSink });
  const signal = AbortSignal.abort(); // the reason is a DOMException, as that of a fetch Request
  await gateway.recordRefusal(signal.reason, { task: gateway.tasks.chat, signal });
  expect(auditSink.records).toMatchObject([{ outcome: "aborted", error_code: "aborted" }]);
});

it("closing waits for the record of a refusal, and none is written after it", async () => {
  let release = () => {};
  const records: AuditRecord[] = [];
  const gateway = createAiGateway({
    logger,
    auditSink: {
      async write(record) {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        records.push(record);
      },
    },
  });
  const { chat: task } = gateway.tasks;
  const error = new GatewayError("forbidden", "No.");
  const recorded = gateway.recordRefusal(error, { task });
  let isClosed = false;
  const closed = gateway.close().then(() => {
    isClosed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([isClosed, records.length]).toEqual([false, 0]);
  release();
  await Promise.all([recorded, closed]);
  expect(records).toMatchObject([{ error_code: "forbidden" }]);
  await expect(gateway.recordRefusal(error, { task })).rejects.toSatisfy((late) =>
    isGatewayError(late, "switched_off"),
  );
  expect(records.length).toBe(1);
});
