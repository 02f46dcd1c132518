// The gateway as it is measured: every step on. Limits and caps are asked on every call, and nobody reaches them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createAiGateway,
  defineTask,
  memoryBudget,
  memoryPolicyStore,
  memoryRateLimiter,
} from "@levqor/core";
import { ndjsonAuditSink } from "@levqor/core/node";
import * as z from "zod";
import { maxTokens, model, systemText, verdictSchema } from "./prompt.mjs";

export const caller = { userId: "user-1", tenantId: "tenant-1", ip: "192.0.2.7", roles: ["member"] };
/** No key of anybody. */
export const apiKey = "sk-bench-0123456789abcdef";

/** A task that hands the message on, as it is defined for both kinds of answer. */
export const taskOf = ({ system = systemText, ...definition }) =>
  defineTask({
    input: z.object({ message: z.string().max(4_000) }),
    allow: "authenticated",
    maxOutputTokens: maxTokens,
    prompt: ({ message }) => ({ system, messages: [{ role: "user", content: message }] }),
    ...definition,
  });
export const ask = taskOf({ name: "ask", output: z.object({ reply: z.string() }), textField: "reply" });
export const judge = taskOf({ name: "judge", output: verdictSchema(z) });

/** A gateway with this provider, or with none; its audit file goes when the process ends. */
export function everythingOn({ provider, tasks = [ask, judge] }) {
  const folder = mkdtempSync(join(tmpdir(), "levqor-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  return createAiGateway({
    tasks,
    targets: provider === undefined ? [] : [{ provider, model, maxConcurrent: 10_000 }],
    policy: {
      source: memoryPolicyStore({
        version: 1,
        switches: { tasks: { ask: true } },
        flags: { "new-answers": { value: true, percent: 50 } },
      }),
    },
    rateLimiter: memoryRateLimiter({
      perUser: { requests: 1e9, tokens: 1e12, concurrent: 1e6 },
      perIp: { requests: 1e9 },
      perTenant: { requests: 1e9, tokens: 1e12, concurrent: 1e6 },
    }),
    injectionMode: "enforce",
    budget: memoryBudget({
      gateway: { dailyUsd: 1e6, monthlyUsd: 1e7 },
      tenant: { dailyUsd: 1e6 },
      user: { dailyUsd: 1e6 },
    }),
    auditSink: ndjsonAuditSink({ path: join(folder, "audit.ndjson") }),
    auditFailure: "block",
    logger: { info() {}, warn() {}, error() {} }, // whoever measures counts what goes wrong
  });
}
