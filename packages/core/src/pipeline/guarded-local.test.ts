import { expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

const picture = "See ![the plans](https://cdn.example.com/plans.png).";
const help = defineTask({
  name: "help",
  input: z.object({ question: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  prompt: ({ question }) => ({ messages: [{ role: "user", content: question }] }),
  local: () => ({ reply: picture }),
});

async function streamed(provider: ReturnType<typeof fakeProvider> | undefined, onBreak?: "restart") {
  const logger = { info() {}, warn() {}, error() {} };
  const retry = { maxRetries: 0 };
  const gateway = createAiGateway({ provider, retry, auditSink: memoryAuditSink(), logger });
  let shown = "";
  for await (const event of gateway.stream(help, { question: "Plans?" }, { onBreak })) {
    if (event.type === "text-delta") shown += event.delta;
    if (event.type === "reset") shown = "";
    if (event.type === "finish") return { shown, reply: event.reply.reply };
  }
  throw new Error("The stream ended in silence.");
}

it("shows a local answer as it is, streamed or whole, and a model's guarded in both", async () => {
  expect(await streamed(undefined)).toEqual({ shown: picture, reply: picture });
  const broken = fakeProvider([{ text: "Well, ", cut: true }]);
  expect(await streamed(broken, "restart")).toEqual({ shown: picture, reply: picture });
  const model = await streamed(fakeProvider([{ text: picture }]));
  expect(model.shown).toBe(model.reply);
  expect(model.shown).not.toContain("cdn.example");
});
