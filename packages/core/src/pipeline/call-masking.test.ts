import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { AsyncDetector } from "../mask/async-detectors.js";
import { patternMasker } from "../mask/pattern-masker.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { TaskCall } from "./task-call.js";

const silent = { info() {}, warn() {}, error() {} };
const key = "0123456789abcdef0123456789abcdef";
const talk = conversationTask({ name: "talk", allow: "anyone", maxOutputTokens: 500 });
const canary = "Zaphod Beeblebrox";

function gatewayWith(options: AiGatewayOptions = {}) {
  const provider = fakeProvider(({ prompt }) => ({ text: `You said: ${prompt.messages.at(-1)?.content}` }));
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({ provider, auditSink, logger: silent, ...options });
  const ask = (content: string, call: TaskCall = {}) =>
    gateway.run(talk, { messages: [{ role: "user", content }] }, call);
  const told = () => provider.requests.map(({ prompt }) => String(prompt.messages.at(-1)?.content));
  return { ask, told, provider, auditSink };
}

const detectorThat = (detect: AsyncDetector["detect"]): AsyncDetector => ({
  name: "names",
  deadlineMs: 1000,
  onTimeout: "block",
  detect,
});

describe("what a call tells the masker", () => {
  it("hides the values that the call knows, and gives them back", async () => {
    const { ask, told, auditSink } = gatewayWith();
    const { text } = await ask(`I am ZAPHOD beeblebrox`, { known: { person: [canary] } });
    expect(told()[0]).toMatch(/^I am \[PERSON_\w+_0001\]$/);
    expect(text).toBe("You said: I am ZAPHOD beeblebrox");
    expect(auditSink.records[0]?.masks).toEqual({ person: 1 });
    expect(JSON.stringify(auditSink.records)).not.toMatch(/zaphod/i);
  });

  it("keeps placeholders over the calls of a conversation of a tenant", async () => {
    const { ask, told } = gatewayWith({ masker: patternMasker({ key }) });
    const caller = { tenantId: "acme" };
    await ask("ada@example.com", { caller, conversation: "c1" });
    await ask("bob@example.com and ada@example.com", { caller, conversation: "c1" });
    await ask("ada@example.com", { caller, conversation: "c2" });
    await ask("ada@example.com", { caller: { tenantId: "other" }, conversation: "c1" });
    const [first = "", second, third, fourth] = told();
    expect(second).toContain(first);
    expect(new Set([first, third, fourth]).size).toBe(3);
  });
});

describe("a local answer that was looked up by an original", () => {
  it("is masked again for hooks and digests", async () => {
    const shown: unknown[] = [];
    const lookUp = defineTask({
      name: "look_up",
      input: z.object({ who: z.string() }),
      output: z.object({ found: z.record(z.string(), z.string()) }),
      allow: "anyone",
      prompt: ({ who }) => ({ messages: [{ role: "user", content: who }] }),
      local: ({ who }, { restore }) => ({ found: { [restore(who)]: "since 1815, bob@example.com" } }),
    });
    const note = (value: unknown) => {
      shown.push(structuredClone(value));
      return "digest";
    };
    const gateway = createAiGateway({
      tasks: [lookUp],
      logger: silent,
      auditSink: memoryAuditSink(),
      auditDigest: note,
      hooks: { afterOutput: ({ reply }) => void note(reply) },
    });
    const { found } = await gateway.run(lookUp, { who: "ada@example.com" });
    expect(found).toEqual({ "ada@example.com": "since 1815, bob@example.com" });
    expect(shown).toHaveLength(2);
    expect(JSON.stringify(shown)).not.toContain("example.com");
    expect(JSON.stringify(shown)).toContain("since 1815");
  });
});

describe("a masker that can't tell", () => {
  it("ends the call before anything leaves, quoting nothing", async () => {
    const failing = detectorThat(async (text) => Promise.reject(new Error(`no answer for ${text}`)));
    const { ask, provider, auditSink } = gatewayWith({ masker: patternMasker({ detectors: [failing] }) });
    const error = await ask(`I am ${canary}`).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "mask_failed", status: 503, step: "mask" });
    expect(String(error) + JSON.stringify(error)).not.toContain("Zaphod");
    expect(provider.requests).toEqual([]);
    expect(auditSink.records).toMatchObject([{ error_code: "mask_failed" }]);
    expect(JSON.stringify(auditSink.records)).not.toContain("Zaphod");
  });

  it("is given up when the caller goes", async () => {
    const gone = new AbortController();
    const hanging = detectorThat((_text, { signal }) => {
      gone.abort();
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const { ask, provider } = gatewayWith({ masker: patternMasker({ detectors: [hanging] }) });
    await expect(ask(canary, { signal: gone.signal })).rejects.toMatchObject({ code: "aborted" });
    expect(provider.requests).toEqual([]);
  });
});
