import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { TaskCall } from "./task-call.js";

const echo = {
  name: "echo",
  input: z.object({ question: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  maxOutputTokens: 100,
  cacheTtlMs: 0,
  prompt: (input: { readonly question: string }) => ({
    messages: [{ role: "user" as const, content: input.question }],
  }),
} as const;

/** A gateway with two tasks that differ only in whether they have a local answer, and the decisions about their calls. */
export function governedGateway(options: AiGatewayOptions = {}) {
  const provider = fakeProvider([{ text: "model" }]);
  const warnings: string[] = [];
  const logger = { info() {}, warn: (_: object, text: string) => warnings.push(text), error() {} };
  const gateway = createAiGateway({
    ...(options.targets === undefined ? { provider } : {}),
    rateLimiter: { consume: () => ({ allowed: true }) },
    auditSink: memoryAuditSink(),
    logger,
    ...options,
  });
  const withLocal = defineTask({ ...echo, local: () => ({ reply: "local" }) });
  const modelOnly = defineTask({ ...echo, name: "model_only" });
  let asked = 0;
  const asker =
    (task: typeof withLocal | typeof modelOnly) =>
    async (call: TaskCall = {}) => {
      const requestId = call.requestId ?? `request-${++asked}`;
      const reply = await gateway
        .run(task, { question: "How?" }, { ...call, requestId })
        .catch((error) => error);
      const decision = await gateway.findDecision(requestId);
      if (decision === undefined) throw new Error("no decision was kept");
      return { reply, decision };
    };
  return { gateway, provider, warnings, ask: asker(withLocal), askModel: asker(modelOnly) };
}
