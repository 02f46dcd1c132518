import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { staticKillSwitch } from "../kill-switch/static-kill-switch.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

async function promptsBuilt(options: AiGatewayOptions): Promise<number> {
  let built = 0;
  const task = defineTask({
    name: "echo",
    input: z.object({}),
    output: z.object({ reply: z.string() }),
    textField: "reply",
    allow: "anyone",
    prompt: () => {
      built++;
      return { messages: [{ role: "user", content: "Hello" }] };
    },
    local: () => ({ reply: "local" }),
  });
  const logger = { info() {}, warn() {}, error() {} };
  const gateway = createAiGateway({ ...options, logger, auditSink: memoryAuditSink() });
  await gateway.run(task, {});
  return built;
}
const provider = fakeProvider([{ text: "Hello" }]);

describe("a prompt", () => {
  it.each<[string, AiGatewayOptions, number]>([
    ["there is a model", { provider }, 1],
    [
      "a cached reply may be served",
      { provider, killSwitch: staticKillSwitch({ gateway: { on: false, whenOff: "cached" } }) },
      1,
    ],
    ["there is no model", {}, 0],
    ["the task is switched off", { provider, killSwitch: staticKillSwitch({ tasks: { echo: false } }) }, 0],
  ])("is built or not when %s", async (_, options, built) => {
    expect(await promptsBuilt(options)).toBe(built);
  });
});
