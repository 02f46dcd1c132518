import { expect, it } from "vitest";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { memoryDecisionStore } from "../decision/memory-decision-store.js";
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
