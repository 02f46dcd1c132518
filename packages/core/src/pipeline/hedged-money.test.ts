import { expect, it } from "vitest";
import * as z from "zod";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { Provider } from "../provider/provider.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

/** What one attempt costs at most, and does cost: 1 micro-dollar a token of the answer. */
const attemptCostsMicroUsd = 256;

/** Quick for its first calls, so that a hedge has a figure to go by; then each takes a second. */
function slowingProvider(clock: ManualClock, quickCalls: number): Provider & { readonly calls: number } {
  let calls = 0;
  return {
    name: "slowing",
    model: "m",
    get calls() {
      return calls;
    },
    async *stream(_, { signal }) {
      const isQuick = calls++ < quickCalls;
      yield { type: "text-delta", delta: isQuick ? "" : " ".repeat(3 * attemptCostsMicroUsd) };
      await new Promise<void>((resolve, reject) => {
        clock.setTimer(isQuick ? 10 : 1_000, resolve);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      yield { type: "text-delta", delta: "{}" };
      const outputTokens = isQuick ? 0 : attemptCostsMicroUsd;
      yield { type: "finish", reason: "stop", usage: { inputTokens: 1, outputTokens, source: "reported" } };
    },
  };
}

const quickCalls = 20;

/** A gateway whose calls are hedged from now on. */
async function hedgingGateway(options: AiGatewayOptions = {}) {
  const clock = manualClock();
  const provider = slowingProvider(clock, quickCalls);
  const auditSink = memoryAuditSink();
  const price = { inputUsd: 0, outputUsd: 1 };
  // Pays for ten attempts.
  const budget = memoryBudget({ gateway: { dailyUsd: (10 * attemptCostsMicroUsd) / 1e6 }, clock });
  const gateway = createAiGateway({
    targets: [{ name: "slowing", provider, price, maxConcurrent: 2_000 }],
    hedge: true,
    retry: { budget: { ratio: 1, minPerSecond: 1_000 } },
    logger: { info() {}, warn() {}, error() {} },
    clock,
    budget,
    auditSink,
    ...options,
  });
  const task = conversationTask({ name: "agent", allow: "anyone", maxOutputTokens: 256, cacheTtlMs: 0 });
  const ask = () => gateway.run(task, { messages: [{ role: "user", content: "Hello" }] });
  for (let call = 0; call < quickCalls; call++) {
    const asked = ask();
    await clock.advance(10);
    await asked;
  }
  return { clock, provider, budget, auditSink, gateway, ask };
}

it("spends no more than the cap when 1,000 calls at once are hedged", async () => {
  const { clock, provider, budget, ask } = await hedgingGateway();
  const asked = Promise.allSettled(Array.from({ length: 1_000 }, ask));
  await clock.advance(2_000);
  const answered = (await asked).filter(({ status }) => status === "fulfilled");
  const [day] = budget.usage();
  expect(day).toMatchObject({ reservedMicroUsd: 0, usedMicroUsd: 10 * attemptCostsMicroUsd });
  expect(provider.calls - quickCalls).toBe(10);
  expect(answered.length).toBe(10);
});

it("charges a slower attempt that is still being read when the faster one has won", async () => {
  let finishReading = () => {};
  let readings = 0;
  const task = defineTask({
    name: "slowly_read",
    input: z.object({}),
    output: z.object({}),
    modelOutput: z.object({}),
    async complete() {
      if (readings++ === 0) await new Promise<void>((resolve) => (finishReading = resolve));
      return {};
    },
    allow: "anyone",
    cacheTtlMs: 0,
    prompt: () => ({ messages: [{ role: "user", content: "Hello" }] }),
  });
  const { clock, provider, budget, auditSink, gateway } = await hedgingGateway({ tasks: [task] });
  const asked = gateway.run(task, {});
  await clock.advance(1_500);
  expect([provider.calls - quickCalls, readings]).toEqual([2, 2]);
  finishReading();
  await asked;
  expect(budget.usage()[0]).toMatchObject({ reservedMicroUsd: 0, usedMicroUsd: 2 * attemptCostsMicroUsd });
  expect(auditSink.records.at(-1)?.attempts.map(({ outcome }) => outcome)).toEqual(["ok", "ok"]);
});
