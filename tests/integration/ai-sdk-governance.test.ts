import { isGatewayError, memoryBudget, memoryRateLimiter, staticKillSwitch } from "@levqor/core";
import { generateText, stepCountIs, streamText, tool } from "ai";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { gatewayOnWire, gatewayWithModels } from "../support/gateway-with-models.js";

const caller = { tenantId: "acme", userId: "ada" };

describe("masking under the AI SDK", () => {
  const email = "ada.lovelace@example.com";
  const second = "grace.hopper@example.org";
  const schema = z.object({ to: z.string() });

  it.each([true, false])("hides personal data in every step of a loop (streamed: %s)", async (streamed) => {
    const { gateway, server, auditSink } = await gatewayOnWire(({ body, text }) => {
      const placeholders = text.match(/\[EMAIL_\w+\]/g) ?? [];
      if (body.messages.some(({ role }) => role === "tool"))
        return {
          kind: "reply",
          pieces: [`Asked ${placeholders[0]}, forw`, `arded to ${placeholders.at(-1)}.`],
        };
      const pieces = ['{"to":"', ...(placeholders[0] ?? "").split(""), '"}'];
      return { kind: "tool-calls", text: "", calls: [{ id: "call_1", name: "send", pieces }] };
    });
    const sent: string[] = [];
    const request = {
      model: gateway.model("chat", { caller }),
      system: "Help.",
      prompt: `Write to ${email}.`,
      tools: {
        send: tool({
          inputSchema: schema,
          async execute({ to }) {
            sent.push(to);
            return { forwarded_to: second };
          },
        }),
      },
      stopWhen: stepCountIs(3),
    };
    const inputs: string[] = [];
    let answer = "";
    if (streamed) {
      const result = streamText(request);
      for await (const part of result.fullStream) {
        if (part.type === "tool-input-delta") inputs.push(part.delta);
        if (part.type === "text-delta") answer += part.text;
      }
    } else {
      const { text, steps } = await generateText(request);
      answer = text;
      inputs.push(...steps.flatMap(({ toolCalls }) => toolCalls.map(({ input }) => JSON.stringify(input))));
    }
    expect(sent).toEqual([email]);
    expect(JSON.parse(inputs.join(""))).toEqual({ to: email });
    expect(answer).toBe(`Asked ${email}, forwarded to ${second}.`);
    expect(server.requests).toHaveLength(2);
    for (const { text } of server.requests) expect(text).not.toMatch(/lovelace|hopper/);
    expect(server.requests[1]?.text.match(/\[EMAIL_\w+\]/g)?.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(auditSink.records)).not.toMatch(/lovelace|hopper/);
  });
});

describe("governance under the AI SDK", () => {
  it("answers locally without a key", async () => {
    const { gateway } = gatewayWithModels({});
    const { text, providerMetadata } = await generateText({
      model: gateway.model("chat", { caller }),
      prompt: "How do I create a workflow?",
    });
    const local = await gateway.chat({ message: "How do I create a workflow?" }, { caller });
    expect(text).toBe(local.reply);
    expect(text).not.toBe("");
    expect(providerMetadata).toMatchObject({
      levqor: { source: "local", degraded: "no_provider", cost_usd: 0 },
    });
  });

  it("streams the local answer when the kill switch is off, and asks nobody", async () => {
    const killSwitch = staticKillSwitch({ tasks: { chat: false } });
    const { gateway, server } = await gatewayOnWire({ kind: "reply", pieces: ["Hi."] }, { killSwitch });
    const result = streamText({
      model: gateway.model("chat", { caller }),
      prompt: "How do I create a workflow?",
    });
    expect(await result.text).not.toBe("");
    expect(await result.providerMetadata).toMatchObject({ levqor: { degraded: "kill_switch" } });
    expect(server.requests).toHaveLength(0);
  });

  it("stops at the budget, in the middle of a loop too", async () => {
    const calls = [{ id: "call_1", name: "now", pieces: ["{}"] }];
    const rateLimiter = memoryRateLimiter({ perUser: false });
    const onceMicroUsd = 22; // 7 tokens in, 3 out
    const capMicroUsd = 2_500; // a step may cost about 2,000: its longest answer, and the tools with the prompt
    const budget = memoryBudget({ user: { dailyUsd: capMicroUsd / 1e6 }, onExceeded: "reject" });
    const { gateway, server } = await gatewayOnWire(
      { kind: "tool-calls", text: "", calls },
      { budget, rateLimiter },
    );
    const steps = vi.fn();
    const asking = generateText({
      model: gateway.model("chat", { caller }),
      prompt: "What time is it?",
      maxOutputTokens: 256,
      tools: { now: tool({ inputSchema: z.object({}), execute: async () => "nine" }) },
      stopWhen: stepCountIs(1_000),
      onStepFinish: steps,
    });
    await expect(asking).rejects.toSatisfy((error) => isGatewayError(error, "budget_exceeded"));
    expect(server.requests.length).toBe(steps.mock.calls.length);
    expect(server.requests.length).toBeGreaterThan(1);
    expect(server.requests.length * onceMicroUsd).toBeLessThanOrEqual(capMicroUsd);
  });

  it("counts every step of a loop against the limits", async () => {
    const calls = [{ id: "call_1", name: "now", pieces: ["{}"] }];
    const rateLimiter = memoryRateLimiter({ perUser: { requests: 2, windowMs: 60_000 } });
    const { gateway, server } = await gatewayOnWire({ kind: "tool-calls", text: "", calls }, { rateLimiter });
    const asking = generateText({
      model: gateway.model("chat", { caller }),
      prompt: "What time is it?",
      tools: { now: tool({ inputSchema: z.object({}), execute: async () => "nine" }) },
      stopWhen: stepCountIs(9),
    });
    await expect(asking).rejects.toSatisfy((error) => isGatewayError(error, "rate_limited"));
    expect(server.requests).toHaveLength(2);
  });
});
