import { expect, it } from "vitest";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { memoryDecisionStore } from "../decision/memory-decision-store.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

it("closing a gateway closes the audit and flushes budget and decision store, also when one of them fails", async () => {
  const closed: string[] = [];
  const failing = (name: string) => async () => {
    closed.push(name);
    throw new Error(`${name} is down`);
  };
  const gateway = createAiGateway({
    auditSink: { ...memoryAuditSink(), close: failing("audit") },
    budget: { ...memoryBudget(), flush: failing("budget") },
    decisionStore: { ...memoryDecisionStore(), flush: failing("decisions") },
    logger: { info() {}, warn() {}, error() {} },
  });
  await expect(gateway.close()).rejects.toThrow("audit is down");
  expect(closed).toEqual(["audit", "budget", "decisions"]);
});

it.each([
  ["waits for its model", { hangs: true }, 0],
  ["writes on while its reader reads", { text: ["one "], hangs: true }, 9],
  ["is not read on", { text: ["one ", "two "] }, 1],
])("F55: a call that %s is aborted, settled and audited before closing ends", async (_name, reply, reads) => {
  const clock = manualClock();
  const provider = fakeProvider([reply]);
  const auditSink = memoryAuditSink();
  const budget = memoryBudget();
  const gateway = createAiGateway({
    ...{
      provider,
      auditSink,
      budget,
      clock,
      timeouts: { firstChunkMs: 60_000, chunkMs: 60_000, totalMs: 60_000 },
    },
    logger: { info() {}, warn() {}, error() {} },
  });
  const events = gateway.stream(gateway.tasks.chat, { message: "Hello" });
  const read = (async () => {
    for (let index = 0; index <= reads; index++) await events.next();
  })();
  read.catch(() => {});
  await clock.advance(1);
  const closed = gateway.close();
  await clock.advance(9_999);
  expect(auditSink.records).toEqual([]);
  await clock.advance(1);
  await closed;
  expect(auditSink.records).toMatchObject([{ outcome: "aborted" }]);
  expect(budget.usage().map(({ reservedMicroUsd }) => reservedMicroUsd)).toEqual([0, 0]);
  expect(provider.running).toBe(0);
  expect(clock.pending).toBe(0);
  await expect(reads === 1 ? events.next() : read).rejects.toThrow("The service is shutting down.");
});
