import * as z from "zod";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions, TargetOptions } from "../gateway-options.js";
import { createFetchHandler } from "../http/create-fetch-handler.js";
import { memoryPolicyStore } from "../policy/memory-policy-store.js";
import type { PolicyDocument } from "../policy/policy-document.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { DecisionRecord } from "./decision-record.js";

/** Who asks, and when. */
export const caller = { tenantId: "acme", userId: "ada" };
export const noon = Date.UTC(2026, 2, 29, 12);

const definition = {
  input: z.object({ question: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  maxOutputTokens: 100,
  prompt: (input: { readonly question: string }) => ({
    messages: [{ role: "user" as const, content: input.question }],
  }),
} as const;
const tasks = [
  defineTask({ ...definition, name: "echo" }),
  defineTask({ ...definition, name: "helped", local: () => ({ reply: "local" }) }),
];

/** A target that gives one reply, at a tenth of the output's price for input. */
export const target = (name: string, outputUsd: number, reply: FakeReply): TargetOptions => ({
  name,
  provider: fakeProvider([reply], { name: `provider-of-${name}`, model: `model-of-${name}` }),
  price: { inputUsd: outputUsd / 10, outputUsd },
});

interface Asking {
  readonly task?: string;
  readonly question?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Reads the reply. @default to its end */
  readonly read?: (response: Response) => Promise<unknown>;
}

/**
 * Asks a gateway with limits, caps, a cache, a policy and two targets over HTTP, and follows the `X-Request-Id` of each
 * reply to its decision.
 */
export function recordedGateway(
  given: {
    readonly dear?: FakeReply;
    readonly cheap?: FakeReply;
    readonly policy?: Partial<PolicyDocument>;
    readonly options?: AiGatewayOptions;
  } = {},
) {
  const clock = manualClock(noon);
  let settled = (_: DecisionRecord) => {};
  const gateway = createAiGateway({
    clock,
    tasks,
    targets: [
      target("dear", 10, given.dear ?? { text: "dear" }),
      target("cheap", 1, given.cheap ?? { text: "cheap" }),
    ],
    rateLimiter: memoryRateLimiter({
      clock,
      perUser: { requests: 2, tokens: 100_000 },
      perTenant: { concurrent: 5 },
    }),
    budget: memoryBudget({ clock, gateway: { monthlyUsd: 1 }, user: { dailyUsd: 0.1 } }),
    policy: {
      source: memoryPolicyStore({ version: 7, flags: { beta: { value: true } }, ...given.policy }),
    },
    retry: { maxRetries: 0 },
    auditSink: memoryAuditSink(),
    logger: { info() {}, warn() {}, error() {} },
    hooks: { onSettled: (decision) => settled(decision) },
    ...given.options,
  });
  const handle = createFetchHandler(gateway, { identify: () => caller });
  return async function ask(asking: Asking = {}) {
    const { task = "echo", question = "How?", accept = "application/json" } = asking;
    const ended = new Promise<DecisionRecord>((resolve) => {
      settled = resolve;
    });
    const request = new Request(`http://localhost/${task}`, {
      method: "POST",
      headers: { "content-type": "application/json", accept },
      body: JSON.stringify({ question }),
      ...(asking.signal === undefined ? {} : { signal: asking.signal }),
    });
    const response = await handle(request);
    const { read = () => response.text() } = asking;
    const body = await read(response);
    await ended;
    const found = await gateway.findDecision(response.headers.get("x-request-id") ?? "");
    if (found === undefined) throw new Error("The reply's X-Request-Id leads to no decision.");
    return { status: response.status, body, decision: found };
  };
}

const midnight = Date.UTC(2026, 2, 30);

/** Of the limits: what is left of each after so many calls of this user, of which one runs. */
export const left = (calls: number, usedTokens = 0) => ({
  allowed: true,
  limits: [
    { dimension: "user", kind: "requests", limit: 2, remaining: 2 - calls, windowMs: 60_000 },
    {
      dimension: "user",
      kind: "tokens",
      limit: 100_000,
      remaining: 100_000 - usedTokens,
      windowMs: 3_600_000,
    },
    { dimension: "tenant", kind: "concurrent", limit: 5, remaining: 4, windowMs: 0 },
  ],
});

/** The two caps, with so much used and nothing set aside. */
export const caps = (usedMicroUsd: number) => [
  {
    scope: "gateway",
    window: "month",
    limitMicroUsd: 1_000_000,
    usedMicroUsd,
    reservedMicroUsd: 0,
    resetsAtMs: Date.UTC(2026, 3, 1),
  },
  {
    scope: "user",
    window: "day",
    limitMicroUsd: 100_000,
    usedMicroUsd,
    reservedMicroUsd: 0,
    resetsAtMs: midnight,
  },
];

/** Leaves a stream once it has shown a word. */
export async function leaveAtFirstWord(response: Response): Promise<void> {
  const reader = (response.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  for (let text = ""; !text.includes("First"); ) {
    const { done, value } = await reader.read();
    if (done) throw new Error("The stream ended before its first word.");
    text += decoder.decode(value);
  }
  await reader.cancel();
}
