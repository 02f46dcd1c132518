import { describe, expect, it } from "vitest";
import * as z from "zod";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { Provider } from "../provider/provider.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { DecisionRecord } from "./decision-record.js";

const task = defineTask({
  name: "tag",
  input: z.object({ text: z.string() }),
  output: z.object({ tag: z.enum(["bill", "billing"]), note: z.string().optional() }),
  allow: "anyone",
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
  local: () => ({ tag: "bill" as const }),
});
const silent = { info() {}, warn() {}, error() {} };
const price = { inputUsd: 1, outputUsd: 1 }; // a micro-dollar a token
const unreported = { usage: null };

function gatewayOver(
  provider: Provider,
  { dailyUsd = 1, ...options }: AiGatewayOptions & { dailyUsd?: number } = {},
) {
  const auditSink = memoryAuditSink();
  const budget = memoryBudget({ gateway: { dailyUsd } });
  const decisions: DecisionRecord[] = [];
  const gateway = createAiGateway({
    targets: [{ provider, price }],
    budget,
    auditSink,
    logger: silent,
    hooks: { onSettled: (decision) => void decisions.push(decision) },
    ...options,
  });
  const ask = (text = "I was charged twice") => gateway.run(task, { text });
  return {
    ask,
    attempts: () => auditSink.records.at(-1)?.attempts,
    decisions,
    today: () => budget.usage()[0],
  };
}

const misfit: FakeReply = { text: '{"tag":"refund"}' };
const fitting: FakeReply = { text: '{"tag":"billing"}' };

/** Writes these texts, each cut off at the token limit. */
function cutting(texts: readonly string[]): Provider & { readonly calls: () => number } {
  let calls = 0;
  return {
    ...fakeProvider([]),
    calls: () => calls,
    async *stream() {
      yield { type: "text-delta", delta: texts[Math.min(calls++, texts.length - 1)] ?? "" };
      yield { type: "finish", reason: "length" };
    },
  };
}

describe("a reply that does not fit", () => {
  it("is repaired by its model; both attempts are charged and audited, and nothing stays reserved", async () => {
    const { ask, attempts, today } = gatewayOver(fakeProvider([misfit, fitting]));
    const { tag, metadata } = await ask();
    expect(tag).toBe("billing");
    expect(metadata).toMatchObject({ source: "model", usage: { input_tokens: 20, output_tokens: 10 } });
    expect(metadata.degraded).toBeUndefined();
    expect(attempts()).toEqual([
      { target: "fake/gpt-4o-mini", outcome: "invalid_output", duration_ms: expect.any(Number) },
      { target: "fake/gpt-4o-mini", outcome: "ok", repair: true, duration_ms: expect.any(Number) },
    ]);
    expect(today()).toMatchObject({ usedMicroUsd: 30, reservedMicroUsd: 0 });
  });

  it("is sent back masked", async () => {
    const replies = [{ text: '{"tag":"refund","note":"ask [EMAIL_0001]"}' }, fitting];
    const provider = fakeProvider(replies);
    await gatewayOver(provider).ask("I am ada@example.com");
    expect(provider.requests).toHaveLength(2);
    expect(JSON.stringify(provider.requests)).not.toContain("ada@example.com");
    expect(provider.requests[1]?.prompt.messages[1]?.content).toBe(replies[0]?.text);
    expect(provider.requests[1]?.prompt.messages[2]?.content).toContain("at: tag.");
  });

  it("is answered locally after a second misfit, which is charged too", async () => {
    const { ask, attempts, today } = gatewayOver(fakeProvider([misfit]));
    expect((await ask()).metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(attempts()).toMatchObject([
      { outcome: "invalid_output" },
      { outcome: "invalid_output", repair: true },
    ]);
    expect(today()).toMatchObject({ usedMicroUsd: 30, reservedMicroUsd: 0 });
  });

  it("is not repaired beyond the cap, or when that is switched off", async () => {
    const off = gatewayOver(fakeProvider([misfit]), { outputRepair: false });
    await off.ask();
    expect(off.attempts()).toHaveLength(1);
    // Enough for the same prompt once more, not for the longer one.
    const dailyUsd = ((off.decisions[0]?.budget.reservedMicroUsd ?? 0) + 40) / 1e6;
    const capped = gatewayOver(fakeProvider([misfit, fitting]), { dailyUsd });
    expect((await capped.ask()).metadata.degraded).toBe("invalid_output");
    expect(capped.attempts()).toHaveLength(1);
    expect(capped.today()).toMatchObject({ usedMicroUsd: 15, reservedMicroUsd: 0 });
  });

  it("is paid for with the longer prompt, also when the provider reports nothing", async () => {
    const { ask, decisions } = gatewayOver(
      fakeProvider([
        { ...misfit, ...unreported },
        { ...fitting, ...unreported },
      ]),
    );
    await ask();
    const [first, second] = decisions[0]?.attempts.map(({ usage }) => usage?.inputTokens ?? 0) ?? [];
    expect(second).toBeGreaterThan((first ?? 0) + 20);
    const { reservedMicroUsd = 0, chargedMicroUsd = 0 } = decisions[0]?.budget ?? {};
    expect(chargedMicroUsd).toBeLessThanOrEqual(reservedMicroUsd);
  });

  it("never takes parallel calls over the cap", async () => {
    const provider = fakeProvider(({ prompt }) => ({
      ...(prompt.messages.length > 1 ? fitting : misfit),
      ...unreported,
    }));
    const { ask, decisions, today } = gatewayOver(provider, { dailyUsd: 0.005 });
    await Promise.all(Array.from({ length: 50 }, (_, call) => ask(`ticket ${call}`)));
    const repaired = decisions.filter(({ source }) => source === "model").length;
    expect(repaired).toBeGreaterThan(0);
    expect(repaired).toBeLessThan(50);
    expect(today()?.reservedMicroUsd).toBe(0);
    expect(today()?.usedMicroUsd).toBeLessThanOrEqual(5000);
  });
});

describe("a reply that was cut off", () => {
  it("counts when what is whole fits; it says so, and is not cached", async () => {
    const provider = cutting(['{"tag":"billing","note":"twi']);
    const { ask } = gatewayOver(provider);
    const reply = await ask();
    expect(reply).toMatchObject({ tag: "billing", metadata: { source: "model", cut_off: true } });
    expect(reply.note).toBeUndefined();
    await ask();
    expect(provider.calls()).toBe(2);
  });

  it("is never completed to another value: the model is asked to write less", async () => {
    const provider = cutting(['{"tag":"bill', '{"tag":"billing"}']);
    const reply = await gatewayOver(provider).ask();
    expect(reply).toMatchObject({ tag: "billing", metadata: { cut_off: true } });
    expect(provider.calls()).toBe(2);
  });
});
