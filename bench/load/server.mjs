// The Express server under load, in a process of its own: `{ mode, upstreamPort, redisUrl, auditPath, profilePath }`
// as JSON in its first argument. Its tasks: the built-in chat, and "ask", which only hands the question on. Sends `{ port }` when it listens; on "begin" and "end" it measures itself.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { createAiGateway, defineTask, memoryBudget, memoryRateLimiter } from "@levqor/core";
import { ndjsonAuditSink } from "@levqor/core/node";
import { openaiProvider } from "@levqor/core/openai";
import { createAiRouter } from "@levqor/express-adapter";
import { redisBudget, redisRateLimiter, redisResponseCache } from "@levqor/redis";
import express from "express";
import { Redis } from "ioredis";
import { OpenAI } from "openai";
import * as z from "zod";

const { mode, upstreamPort, redisUrl, auditPath, profilePath } = JSON.parse(process.argv[2]);
const apiKey = "sk-bench-0123456789abcdef";
const baseURL = `http://127.0.0.1:${upstreamPort}/v1`;

// Nobody reaches them: what costs time is that they are asked.
const limits = {
  perUser: { requests: 1e6, tokens: 1e9, concurrent: 1e6 },
  perIp: { requests: 1e6 },
  perTenant: { requests: 1e6 },
};
const caps = {
  gateway: { dailyUsd: 1e5, monthlyUsd: 1e6 },
  tenant: { dailyUsd: 1e5 },
  user: { dailyUsd: 1e4 },
};

const ask = defineTask({
  name: "ask",
  input: z.object({ message: z.string().max(2_000) }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "authenticated",
  maxOutputTokens: 256,
  prompt: ({ message }) => ({
    messages: [
      { role: "system", content: "You answer questions." },
      { role: "user", content: message },
    ],
  }),
});

/** What differs between the modes. */
function stores() {
  if (mode === "memory") return { rateLimiter: memoryRateLimiter(limits), budget: memoryBudget(caps) };
  const client = new Redis(redisUrl, { enableAutoPipelining: true });
  client.on("error", () => {}); // the client of the bench counts what goes wrong
  return {
    rateLimiter: redisRateLimiter({ client, ...limits }),
    budget: redisBudget({ client, ...caps }),
    cache: redisResponseCache({ client }),
  };
}

/** Express with the governed chat. */
function governed() {
  const gateway = createAiGateway({
    ...stores(),
    tasks: [ask],
    targets: [{ provider: openaiProvider({ apiKey, baseURL }), maxConcurrent: 1_000 }],
    auditSink: ndjsonAuditSink({ path: auditPath }),
    auditFailure: "block",
    logger: { info() {}, warn() {}, error() {} }, // the client counts what goes wrong
  });
  const identify = ({ headers }) => ({
    userId: headers["x-bench-user"],
    tenantId: headers["x-bench-tenant"],
    ip: headers["x-bench-ip"],
  });
  return createAiRouter(gateway, { identify });
}

/** Express with the bare SDK: what the machine and the mock take by themselves. */
function bare() {
  const sdk = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
  return express.Router().post("/:task", express.json(), async ({ body: { message } }, response) => {
    const messages = [
      { role: "system", content: "You answer questions." },
      { role: "user", content: message },
    ];
    const asked = { model: "gpt-4o-mini", messages, max_completion_tokens: 256 };
    const { choices } = await sdk.chat.completions.create(asked);
    response.json({ reply: choices[0].message.content, metadata: { source: "model" } });
  });
}

/** Seconds that this process was ready to run and got no processor; undefined where the system does not tell. */
function waitedSeconds() {
  try {
    return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[1]) / 1e9;
  } catch {
    return undefined;
  }
}

const profiler = new Session();
const delay = monitorEventLoopDelay({ resolution: 5 });
let begun;

async function begin() {
  if (profilePath !== undefined) {
    profiler.connect();
    await profiler.post("Profiler.enable");
    await profiler.post("Profiler.start");
  }
  delay.enable();
  begun = { cpu: process.cpuUsage(), loop: performance.eventLoopUtilization(), waited: waitedSeconds() };
}

async function end() {
  const { user, system } = process.cpuUsage(begun.cpu);
  const measured = {
    cpuSeconds: (user + system) / 1e6,
    loopUtilization: performance.eventLoopUtilization(begun.loop).utilization,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    waitedSeconds: begun.waited === undefined ? undefined : waitedSeconds() - begun.waited,
    memoryMb: process.memoryUsage.rss() / 2 ** 20,
  };
  if (profilePath !== undefined) {
    const { profile } = await profiler.post("Profiler.stop");
    await writeFile(profilePath, JSON.stringify(profile));
  }
  process.send(measured);
}

process.on("message", (message) => (message === "begin" ? begin() : end()));
process.on("disconnect", () => process.exit(0));
const app = express().set("env", "test"); // errors are counted by the client, not printed
app.use("/api/ai", mode === "bare" ? bare() : governed());
const server = app.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
// A client must not find a connection closed that it was about to use.
server.keepAliveTimeout = 120_000;
