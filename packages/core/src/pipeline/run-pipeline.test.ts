import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ProviderEvent } from "../provider/provider.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { DecisionRecord } from "./decision-record.js";

const echo = defineTask({
  name: "echo",
  input: z.object({ text: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "authenticated",
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
  local: ({ text }) => ({ reply: `local: ${text}` }),
});
const caller = { userId: "u1", tenantId: "t1", ip: "192.0.2.1" };
const silent = { info() {}, warn() {}, error() {} };

describe("runPipeline", () => {
  it("masks what leaves, and restores what comes back, also in pieces", async () => {
    const provider = fakeProvider(({ prompt }) => ({ text: [...(prompt.messages[0]?.content ?? "")] }));
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent });
    const input = { text: "Write to ada@example.com and grace@example.org" };
    let text = "";
    for await (const event of gateway.stream(echo, input, { caller })) {
      if (event.type === "text-delta") text += event.delta;
      else if (event.type === "finish") expect(event.reply.reply).toBe(input.text);
    }
    expect(JSON.stringify(provider.requests)).not.toMatch(/ada@|grace@/);
    expect(provider.requests[0]?.prompt.system).toContain("Repeat it exactly");
    expect(text).toBe(input.text);
    expect((await gateway.run(echo, input, { caller })).reply).toBe(input.text);
  });

  it("never caches a reply to personal input, and never shares one between tenants", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent });
    const ask = (text: string, tenantId: string) =>
      gateway.run(echo, { text }, { caller: { ...caller, tenantId } });
    await ask("I am ada@example.com", "t1");
    await ask("I am ada@example.com", "t1");
    expect(provider.requests).toHaveLength(2);
    await ask("hello", "t1");
    await ask("hello", "t2");
    expect(provider.requests).toHaveLength(4);
    expect((await ask("hello", "t2")).metadata.source).toBe("cache");
  });

  it("makes one call for identical calls in flight", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent });
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => gateway.run(echo, { text: "hello" }, { caller })),
    );
    expect(provider.requests).toHaveLength(1);
    expect(replies.filter(({ metadata }) => metadata.source === "cache")).toHaveLength(9);
    expect(replies.reduce((sum, { metadata }) => sum + metadata.cost_usd, 0)).toBe(
      replies[0]?.metadata.cost_usd,
    );
  });

  it("charges the reported usage", async () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000, source: "reported" } as const;
    const gateway = createAiGateway({
      provider: fakeProvider([{ text: "hi", usage }]),
      auditSink: memoryAuditSink(),
      logger: silent,
    });
    const { metadata } = await gateway.run(echo, { text: "hello" }, { caller });
    expect(metadata.cost_usd).toBeCloseTo(0.75); // gpt-4o-mini: $0.15 and $0.60 a million tokens
    expect(metadata.usage).toEqual({ input_tokens: 1_000_000, output_tokens: 1_000_000 });
  });

  it("settles and audits a stream that its consumer leaves, with what was used", async () => {
    const auditSink = memoryAuditSink();
    const provider = fakeProvider([{ text: ["one ", "two "], hangs: true }]);
    const gateway = createAiGateway({ provider, auditSink, logger: silent });
    for await (const event of gateway.stream(echo, { text: "hello" }, { caller })) {
      if (event.type === "text-delta") break;
    }
    expect(auditSink.records).toMatchObject([{ outcome: "aborted", usage_source: "estimated" }]);
    expect(auditSink.records[0]?.cost_usd).toBeGreaterThan(0);
    await gateway.close();
  });

  it("aborts with the caller's signal", async () => {
    const auditSink = memoryAuditSink();
    const provider = fakeProvider([{ hangs: true }]);
    const gateway = createAiGateway({ provider, auditSink, logger: silent });
    const controller = new AbortController();
    const running = gateway.run(echo, { text: "hello" }, { caller, signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(running).rejects.toSatisfy((error) => isGatewayError(error, "aborted"));
    expect(auditSink.records).toMatchObject([{ outcome: "aborted", error_code: "aborted" }]);
    expect(provider.running).toBe(0);
  });

  it("is aborted between two pieces of a stream, and nothing is left unhandled", async () => {
    const provider = fakeProvider([{ text: ["one", "two", "three"] }]);
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const event of gateway.stream(
        echo,
        { text: "hello" },
        { caller, signal: controller.signal },
      )) {
        if (event.type === "text-delta") controller.abort();
      }
    })();
    await expect(reading).rejects.toSatisfy((error) => isGatewayError(error, "aborted"));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("answers nobody who has gone already", async () => {
    const gateway = createAiGateway({ auditSink: memoryAuditSink(), logger: silent });
    const gone = gateway.run(echo, { text: "hello" }, { caller, signal: AbortSignal.abort() });
    await expect(gone).rejects.toSatisfy((error) => isGatewayError(error, "aborted"));
  });

  it("does not let a reader who pauses hold up others, nor the shutdown", async () => {
    const clock = manualClock();
    const provider = fakeProvider([{ text: ["one", "two"] }]);
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent, clock });
    const paused = gateway.stream(echo, { text: "hello" }, { caller });
    await paused.next();
    const other = gateway.run(echo, { text: "hello" }, { caller });
    await clock.advance(15_000);
    expect((await other).metadata.source).toBe("model");
    const closed = gateway.close();
    await clock.advance(10_000);
    await closed;
  });

  it("tells that a reply was cut off, and does not serve it again", async () => {
    const provider = { ...fakeProvider([]), stream: cutOff };
    async function* cutOff(): AsyncGenerator<ProviderEvent> {
      yield { type: "text-delta", delta: "half a sen" };
      yield { type: "finish", reason: "length" };
    }
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent });
    const ask = () => gateway.run(echo, { text: "hello" }, { caller });
    expect((await ask()).metadata).toMatchObject({ cut_off: true, source: "model" });
    expect((await ask()).metadata.source).toBe("model");
  });

  it("hides a secret that only its key gives away, in the prompt too", async () => {
    const provider = fakeProvider(({ prompt }) => ({ text: prompt.messages[0]?.content ?? "" }));
    const judge = defineTask({
      name: "judge",
      input: z.object({ password: z.string() }),
      output: z.object({ reply: z.string() }),
      textField: "reply",
      allow: "anyone",
      prompt: ({ password }) => ({ messages: [{ role: "user", content: `Is ${password} strong?` }] }),
    });
    const gateway = createAiGateway({ provider, auditSink: memoryAuditSink(), logger: silent });
    const { reply } = await gateway.run(judge, { password: "hunter2-rocks" });
    expect(JSON.stringify(provider.requests)).not.toContain("hunter2");
    expect(reply).toBe("Is hunter2-rocks strong?");
  });

  it("shows hooks copies: what they change stays theirs", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const gateway = createAiGateway({
      provider,
      auditSink: memoryAuditSink(),
      logger: silent,
      hooks: { beforeRoute: ({ prompt }) => void Object.assign(prompt, { messages: [] }) },
    });
    await gateway.run(echo, { text: "hello" }, { caller });
    expect(provider.requests[0]?.prompt.messages).toHaveLength(1);
  });

  it("names the step that failed and hides a defect's text", async () => {
    const broken = { check: () => Promise.reject(new Error("CANARY")) };
    const gateway = createAiGateway({ killSwitch: broken, auditSink: memoryAuditSink(), logger: silent });
    const failure = await gateway.run(echo, { text: "hello" }, { caller }).catch((error: unknown) => error);
    expect(isGatewayError(failure, "internal") && failure.step).toBe("kill-switch");
    expect(String(failure)).not.toContain("CANARY");
  });

  it.each([
    ["drop", "ok"],
    ["block", "failed"],
  ] as const)("treats a failing audit by its policy: %s", async (auditFailure, outcome) => {
    const decisions: DecisionRecord[] = [];
    const gateway = createAiGateway({
      provider: fakeProvider([{ text: "hi" }]),
      auditSink: { write: () => Promise.reject(new Error("disk full")) },
      auditFailure,
      logger: silent,
      hooks: { onSettled: (decision) => void decisions.push(decision) },
    });
    const ended = await gateway.run(echo, { text: "hello" }, { caller }).catch((error: unknown) => error);
    expect(isGatewayError(ended, "audit_failed")).toBe(auditFailure === "block");
    expect(decisions[0]?.outcome).toBe(outcome);
  });

  it("audits the caller that asked, whatever a hook or the host makes of the object meanwhile", async () => {
    class User {
      #id = "u1";
      readonly tenantId = "t1";
      get userId() {
        return this.#id;
      }
      become(id: string) {
        this.#id = id;
      }
    }
    const user = new User();
    const auditSink = memoryAuditSink();
    const change = (event: { readonly caller: object }) => {
      user.become("u2");
      Object.assign(event.caller, { userId: "u3" });
    };
    const gateway = createAiGateway({
      provider: fakeProvider([{ text: "hi" }]),
      auditSink,
      logger: silent,
      hooks: { beforeRoute: change, afterOutput: change },
    });
    expect((await gateway.run(echo, { text: "hello" }, { caller: user })).reply).toBe("hi");
    expect(auditSink.records).toMatchObject([{ outcome: "ok", user_id: "u1", tenant_id: "t1" }]);
    expect([user.userId, Object.isFrozen(user)]).toEqual(["u2", false]);
  });

  it("is not disturbed by hooks that throw, reject or never settle", async () => {
    const gateway = createAiGateway({
      auditSink: memoryAuditSink(),
      logger: silent,
      hooks: {
        beforeRoute: () => {
          throw new Error("thrown");
        },
        afterOutput: () => Promise.reject(new Error("rejected")),
        onSettled: () => new Promise<void>(() => {}),
      },
    });
    const { reply } = await gateway.run(echo, { text: "hello" }, { caller });
    expect(reply).toBe("local: hello");
  });
});
