import { describe, expect, it } from "vitest";
import * as z from "zod";
import { memoryBudget } from "../budget/memory-budget.js";
import type { ResponseCache } from "../cache/response-cache.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { staticKillSwitch } from "../kill-switch/static-kill-switch.js";
import type { Prompt } from "../provider/provider.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { DecisionRecord } from "./decision-record.js";
import { type StepName, stepNames } from "./step-name.js";
import type { TaskReply } from "./task-call.js";

const definition = {
  name: "echo",
  input: z.object({ text: z.string().min(1) }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "authenticated",
  prompt: ({ text }: { text: string }): Prompt => ({ messages: [{ role: "user", content: text }] }),
} as const;
const withLocal = defineTask({ ...definition, local: ({ text }) => ({ reply: `local: ${text}` }) });
const withoutLocal = defineTask(definition);
const caller = { userId: "u1", tenantId: "t1", ip: "192.0.2.1" };
const down = new GatewayError("provider_unavailable", "down");
const staleCache: ResponseCache = {
  lookup: () => ({ state: "hit", reply: { value: { answer: "of an earlier version" } } }),
  stats: () => ({ size: 1, hits: 0, misses: 0, evictions: 0 }),
};
const nobodyHome = { retry: { maxRetries: 0 } };

/** Every path a call can take: the options that lead there, the steps it must pass, how it ends. */
interface Path {
  readonly options: () => AiGatewayOptions;
  readonly task?: typeof withLocal;
  readonly input?: unknown;
  readonly caller?: object;
  /** Calls made before the one that is looked at. */
  readonly before?: number;
  readonly steps: readonly StepName[];
  readonly ends: Partial<Pick<DecisionRecord, "outcome" | "source" | "degraded" | "cache">> & {
    error?: string;
  };
}

const upTo = (last: StepName): StepName[] => [...stepNames.slice(0, stepNames.indexOf(last) + 1), "audit"];
const without = (...left: StepName[]) => stepNames.filter((name) => !left.includes(name));
const hit = without("budget.reserve", "route", "cache.store", "budget.settle");
const failedRoute = without("output", "cache.store");

const paths: Record<string, Path> = {
  model: {
    options: () => ({ provider: fakeProvider([{ text: "hi" }]) }),
    steps: stepNames,
    ends: { outcome: "ok", source: "model", cache: "miss" },
  },
  "cache hit": {
    options: () => ({ provider: fakeProvider([{ text: "hi" }]) }),
    before: 1,
    steps: hit,
    ends: { outcome: "ok", source: "cache", cache: "hit" },
  },
  "cached reply that no longer fits": {
    options: () => ({ provider: fakeProvider([{ text: "hi" }]), cache: staleCache }),
    steps: stepNames.flatMap((name) => (name === "cache.lookup" ? [name, "output" as const] : [name])),
    ends: { outcome: "ok", source: "model", cache: "miss" },
  },
  "no provider": {
    options: () => ({}),
    steps: stepNames,
    ends: { outcome: "degraded", source: "local", degraded: "no_provider", cache: "bypass" },
  },
  "provider down, local answer": {
    options: () => ({ ...nobodyHome, provider: fakeProvider([{ error: down }]) }),
    steps: stepNames,
    ends: { outcome: "degraded", source: "local", degraded: "provider_down" },
  },
  "provider down, no local answer": {
    options: () => ({ ...nobodyHome, provider: fakeProvider([{ error: down }]) }),
    task: withoutLocal,
    steps: failedRoute,
    ends: { outcome: "failed", error: "provider_unavailable" },
  },
  "unusable output, local answer": {
    options: () => ({ provider: fakeProvider([{ text: [] }]) }),
    steps: stepNames.flatMap((name) => (name === "output" ? [name, name] : [name])),
    ends: { outcome: "degraded", degraded: "invalid_output" },
  },
  "over budget, local answer": {
    options: () => ({
      provider: fakeProvider([{ text: "hi" }]),
      budget: memoryBudget({ gateway: { dailyUsd: 0 } }),
    }),
    steps: stepNames,
    ends: { outcome: "degraded", degraded: "budget", source: "local" },
  },
  "over budget, rejected": {
    options: () => ({
      provider: fakeProvider([{ text: "hi" }]),
      budget: memoryBudget({ gateway: { dailyUsd: 0 }, onExceeded: "reject" }),
    }),
    steps: upTo("budget.reserve"),
    ends: { outcome: "refused", error: "budget_exceeded" },
  },
  "switched off, local answer": {
    options: () => ({ provider: fakeProvider([{}]), killSwitch: staticKillSwitch({ gateway: false }) }),
    steps: stepNames,
    ends: { outcome: "degraded", degraded: "kill_switch", source: "local" },
  },
  "switched off, error": {
    options: () => ({ killSwitch: staticKillSwitch({ gateway: { on: false, whenOff: "error" } }) }),
    steps: upTo("kill-switch"),
    ends: { outcome: "refused", error: "switched_off" },
  },
  "switched off, nothing cached": {
    options: () => ({ killSwitch: staticKillSwitch({ gateway: { on: false, whenOff: "cached" } }) }),
    task: withoutLocal,
    steps: failedRoute,
    ends: { outcome: "refused", error: "switched_off" },
  },
  "invalid input": {
    options: () => ({}),
    input: { text: "" },
    steps: upTo("validate"),
    ends: { outcome: "refused", error: "invalid_input" },
  },
  unauthenticated: {
    options: () => ({}),
    caller: {},
    steps: upTo("authorize"),
    ends: { outcome: "refused", error: "unauthenticated" },
  },
  "rate limited": {
    options: () => ({ rateLimiter: memoryRateLimiter({ perUser: { requests: 1, windowMs: 60_000 } }) }),
    before: 1,
    steps: upTo("rate-limit"),
    ends: { outcome: "refused", error: "rate_limited" },
  },
};

async function drain(
  events: AsyncIterable<{ type: string; delta?: string; reply?: TaskReply<{ reply: string }> }>,
) {
  let text = "";
  let reply: TaskReply<{ reply: string }> | undefined;
  for await (const event of events) {
    if (event.type === "text-delta") text += event.delta;
    else reply = event.reply;
  }
  return { text, reply };
}

const silent = { info() {}, warn() {}, error() {} };

describe.each(Object.entries(paths))("path: %s", (_, path) => {
  const task = path.task ?? withLocal;
  const input = (path.input ?? { text: "hello" }) as { text: string }; // as: some paths send wrong input on purpose

  it.each(["run", "stream"] as const)(
    "passes its steps in order, is audited and settled: %s",
    async (way) => {
      const decisions: DecisionRecord[] = [];
      const auditSink = memoryAuditSink();
      const gateway = createAiGateway({
        auditSink,
        logger: silent,
        hooks: { onSettled: (decision) => void decisions.push(decision) },
        ...path.options(),
      });
      const call = { caller: path.caller ?? caller };
      const ask = async () => {
        if (way === "run") return { reply: await gateway.run(task, input, call), text: undefined };
        return drain(gateway.stream(task, input, call));
      };
      for (let earlier = 0; earlier < (path.before ?? 0); earlier++) await ask();
      const result = await ask().catch((error: unknown) => error);

      const decision = decisions.at(-1);
      const { error, ...ends } = path.ends;
      expect(decision?.steps).toEqual(path.steps);
      expect(decision).toMatchObject(ends);
      expect(decision?.error?.code).toBe(error);
      expect(auditSink.records).toHaveLength((path.before ?? 0) + 1);
      expect(auditSink.records.at(-1)).toMatchObject({
        request_id: decision?.requestId,
        outcome: ends.outcome,
      });
      if (error !== undefined) {
        expect(isGatewayError(result)).toBe(true);
        return;
      }
      const { reply, text } = result as Awaited<ReturnType<typeof ask>>; // as: it was not an error
      expect(reply?.success).toBe(true);
      expect(reply?.metadata.degraded).toBe(ends.degraded);
      if (text !== undefined) expect(text).toBe(reply?.reply);
    },
  );
});
