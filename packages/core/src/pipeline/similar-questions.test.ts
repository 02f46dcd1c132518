import { expect, it } from "vitest";
import { memoryBudget } from "../budget/memory-budget.js";
import { semanticResponseCache } from "../cache/semantic-response-cache.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { staticKillSwitch } from "../kill-switch/static-kill-switch.js";
import { hashingEmbedder } from "../search/hashing-embedder.js";
import { chatTask } from "../tasks/chat/chat-task.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

const caller = { tenantId: "acme", userId: "ada" };

function gatewayWithSemanticCache(embeddingUsd = 0, killSwitch = staticKillSwitch()) {
  const provider = fakeProvider(() => ({ text: `Answer ${provider.requests.length}.` }));
  const budget = memoryBudget();
  const gateway = createAiGateway({
    provider,
    budget,
    killSwitch,
    cache: semanticResponseCache({ embedder: hashingEmbedder(), embeddingUsd }),
    rateLimiter: { consume: () => ({ allowed: true }) },
    auditSink: memoryAuditSink(),
    logger: { info() {}, warn() {}, error() {} },
  });
  let asked = 0;
  const ask = async (message: string, as: object = caller) => {
    const requestId = `request-${++asked}`;
    const { reply, metadata } = await gateway.run(chatTask(), { message }, { caller: as, requestId });
    return { reply, metadata, decision: await gateway.findDecision(requestId) };
  };
  return { ask, budget };
}

it("a chat question in other words is answered from the cache, within its tenant only", async () => {
  const { ask } = gatewayWithSemanticCache();
  expect((await ask("How do I cancel my subscription?")).reply).toBe("Answer 1.");
  const { reply, metadata, decision } = await ask("how can I cancel my subscription");
  expect([reply, metadata.source]).toEqual(["Answer 1.", "cache"]);
  expect(decision).toMatchObject({ cache: "hit", cacheSimilarity: expect.closeTo(1, 1) });
  expect((await ask("how can I cancel my subscription", { tenantId: "other" })).reply).toBe("Answer 2.");
  expect((await ask("How do I cancel my subscription within 14 days?")).reply).toBe("Answer 3.");
});

it("a vector that costs money is charged to the call", async () => {
  const { ask, budget } = gatewayWithSemanticCache(0.5);
  await ask("How do I cancel my subscription?");
  const before = budget.usage()[0]?.usedMicroUsd ?? 0;
  const { metadata, decision } = await ask("how can I cancel my subscription");
  expect(metadata.cost_usd).toBe(16e-6);
  expect(decision?.budget.lookupMicroUsd).toBe(16);
  expect(budget.usage()[0]).toMatchObject({ usedMicroUsd: before + 16, reservedMicroUsd: 0 });
});

it("no vector is bought while a switch is off; what was answered word for word is served", async () => {
  const killSwitch = staticKillSwitch();
  const { ask } = gatewayWithSemanticCache(0.5, killSwitch);
  await ask("How do I cancel my subscription?");
  killSwitch.setSwitches({ gateway: { on: false, whenOff: "cached" } });
  expect((await ask("How do I cancel my subscription?")).metadata.source).toBe("cache");
  const { metadata, decision } = await ask("how can I cancel my subscription");
  expect([metadata.source, metadata.cost_usd, decision?.budget.lookupMicroUsd]).toEqual(["local", 0, 0]);
});
