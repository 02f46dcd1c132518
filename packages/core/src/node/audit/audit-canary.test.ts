import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditRecord } from "../../audit/audit-record.js";
import { consoleAuditSink } from "../../audit/console-audit-sink.js";
import { memoryBudget } from "../../budget/memory-budget.js";
import { createAiGateway } from "../../create-ai-gateway.js";
import { GatewayError } from "../../errors/gateway-error.js";
import type { AiGatewayOptions } from "../../gateway-options.js";
import { createHttpHandler } from "../../http/create-http-handler.js";
import { staticKillSwitch } from "../../kill-switch/static-kill-switch.js";
import { memoryRateLimiter } from "../../rate-limit/memory-rate-limiter.js";
import { fakeProvider } from "../../testing/fake-provider.js";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditDigest } from "./audit-digest.js";
import { auditKey, testFolder } from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { pseudonymousAuditSink } from "./pseudonymous-audit-sink.js";
import { spooledAuditSink } from "./spooled-audit-sink.js";
import { verifyAudit } from "./verify-audit.js";

/** A word that nothing recognises as personal: masking can't be what keeps it out. */
const canary = "zqcanaryqz";

/** A body for every built-in task, with every field it may have. */
const bodies: Record<string, object> = {
  chat: {
    message: "What is a workflow?",
    context: { page: "dashboard", user_role: "admin", tenant_id: "acme" },
    messages: [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hello, what can I do?" },
    ],
  },
  workflow: {
    description: "When a deal is won in HubSpot, post to Slack",
    context: { experience_level: "beginner", tools: ["HubSpot", "Slack"] },
  },
  debug: {
    error_type: "auth_error",
    message: "401 Unauthorized",
    context: { service: "Slack", endpoint: "https://slack.com/api/chat", http_status: 401 },
  },
  onboarding: { stage: "welcome", context: { has_connected_tool: true, has_run_workflow: false } },
  semantic_search: { query: "invoices", limit: 5 },
  intelligent_search: { query: "open invoices from Anna since March", limit: 5 },
  get_recommendations: { item_ids: ["item-1"], limit: 3 },
};

/** The body with the canary in one field after the other: instead of its value, inside a text, and as a key. */
function* spiked(value: unknown): Generator<unknown> {
  yield canary;
  if (typeof value === "string") yield `${value} ${canary}`;
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield { ...value, [canary]: canary };
  for (const [key, field] of Object.entries(value))
    for (const bad of spiked(field))
      yield Array.isArray(value) ? value.with(Number(key), bad) : { ...value, [key]: bad };
}

const down = new GatewayError("provider_unavailable", "The provider is down.", { cause: new Error(canary) });
const failing = { retry: { maxRetries: 0 }, breaker: false } as const;

/** The ways a call can go, with how calls end there. */
const paths: Record<string, readonly [AuditRecord["outcome"], () => AiGatewayOptions]> = {
  "ok, then cached": ["ok", () => ({ provider: fakeProvider([{ text: `A reply with ${canary}.` }]) })],
  "local answer": ["degraded", () => ({})],
  "provider down, degraded": ["degraded", () => ({ ...failing, provider: fakeProvider([{ error: down }]) })],
  "provider down, failed": [
    "failed",
    () => ({
      ...failing,
      provider: fakeProvider([{ error: down }]),
      localFallback: false,
    }),
  ],
  "a defect of the provider, failed": [
    "failed",
    () => ({
      ...failing,
      provider: fakeProvider(() => {
        throw new Error(canary);
      }),
      localFallback: false,
    }),
  ],
  "unusable reply": [
    "failed",
    () => ({
      ...failing,
      provider: fakeProvider([{ text: `{"${canary}": "${canary}` }]),
      localFallback: false,
    }),
  ],
  "stream that breaks": [
    "failed",
    () => ({
      ...failing,
      provider: fakeProvider([{ text: ["A ", canary], error: down }]),
    }),
  ],
  "over budget": [
    "refused",
    () => ({
      provider: fakeProvider([{ text: canary }]),
      budget: memoryBudget({ gateway: { dailyUsd: 0 }, onExceeded: "reject" }),
    }),
  ],
  "rate limited": [
    "refused",
    () => ({ rateLimiter: memoryRateLimiter({ perUser: { requests: 1, windowMs: 60_000 } }) }),
  ],
  "switched off": [
    "refused",
    () => ({ killSwitch: staticKillSwitch({ gateway: { on: false, whenOff: "error" } }) }),
  ],
  aborted: ["aborted", () => ({ provider: fakeProvider([{ text: canary, hangs: true }]) })],
};

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args.map(String).join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Everything that is written down: a chained file, a console, and a spool for a sink that fails. */
async function everySink() {
  const folder = await testFolder();
  const path = join(folder, "audit.ndjson");
  const file = ndjsonAuditSink({ path, chain: hmacAuditChain({ key: auditKey }) });
  const onConsole = consoleAuditSink();
  const inner = { write: () => Promise.reject(new Error("down")) };
  const spool = spooledAuditSink({ sink: inner, folder: join(folder, "spool") });
  const all = {
    async write(record: AuditRecord) {
      await onConsole.write(record);
      await file.write(record);
      await spool.write(record);
    },
    async close() {
      await file.close?.();
      await spool.close?.();
    },
  };
  return {
    path,
    sink: pseudonymousAuditSink({ sink: all, key: auditKey }),
    async texts() {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile());
      return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
    },
  };
}

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}

async function textOf(body: string | AsyncIterable<string>): Promise<string> {
  if (typeof body === "string") return body;
  let text = "";
  for await (const part of body) text += part;
  return text;
}

const texts = Object.entries(bodies).flatMap(([task, body]) =>
  [body, ...spiked(body)].map((each) => ({ task, text: JSON.stringify(each) })),
);
const broken = ["chat", "workflow"].map((task) => ({ task, text: `{"message": "${canary}` }));
const requests = [...texts, ...broken];

describe("no word of a call is written down", () => {
  it.each(Object.entries(paths))("%s", { timeout: 60_000 }, async (name, [outcome, options]) => {
    const sinks = await everySink();
    const logged: string[] = [];
    const note = (fields: object, message: string) => void logged.push(JSON.stringify(fields) + message);
    const gateway = createAiGateway({
      auditSink: sinks.sink,
      auditDigest: auditDigest({ key: auditKey }),
      logger: { info: note, warn: note, error: note },
      ...options(),
    });
    const handle = createHttpHandler(gateway);
    const failures: string[] = [];
    let calls = 0;
    for (const { task, text } of requests) {
      for (const accept of ["application/json", "text/event-stream"]) {
        const controller = new AbortController();
        if (name === "aborted") setImmediate(() => controller.abort());
        const reply = await handle({
          method: "POST",
          path: `/${gateway.tasks[task]?.path}`,
          headers: { "content-type": "application/json", accept },
          body: { kind: "stream", chunks: bytesOf(text) },
          signal: controller.signal,
          identify: () => ({ userId: `user-${calls}`, tenantId: "acme", roles: ["admin"] }),
        });
        calls += 1;
        const body = await textOf(reply.body);
        if (reply.status >= 400) failures.push(body);
      }
    }
    await gateway.close();

    const written = [...(await sinks.texts()), ...printed, ...logged, ...failures].join("\n");
    expect(written.split("\n").filter((line) => line.includes(canary))).toEqual([]);
    expect(written).toContain(`"outcome":"${outcome}"`);
    const verdict = await verifyAudit(sinks.path, { key: auditKey });
    expect(verdict.ok).toBe(true);
    expect(verdict.records).toBeGreaterThan(calls / 4); // the others were refused before the pipeline
  });
});
