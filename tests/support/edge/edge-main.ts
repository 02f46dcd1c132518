// The server that tests start in a process of its own: a gateway as a product mounts it, and its shutdown.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createAiGateway, memoryBudget, memoryRateLimiter, type Provider } from "@levqor/core";
import { ndjsonAuditSink } from "@levqor/core/node";
import { createAiErrorHandler, createAiRouter } from "@levqor/express-adapter";
import express from "express";

/** Echoes; "slow" is answered word by word without an end, "boom" fails on the way. */
const provider: Provider = {
  name: "echo",
  model: "gpt-4o-mini",
  async *stream({ prompt }, { signal }) {
    const question = prompt.messages.at(-1)?.content ?? "";
    while (question.includes("slow")) {
      yield { type: "text-delta", delta: "word " };
      await delay(20, undefined, { signal });
    }
    yield { type: "text-delta", delta: question };
    if (question.includes("boom")) throw new TypeError(`CANARY-in-error ${question}`);
    yield { type: "finish", reason: "stop" };
  },
};

const budget = memoryBudget();
const auditFile = process.env["EDGE_AUDIT_FILE"];
const gateway = createAiGateway({
  provider,
  budget,
  rateLimiter: memoryRateLimiter({ perUser: false, perIp: false }),
  retry: { maxRetries: 0 },
  breaker: false,
  localFallback: false,
  ...(auditFile === undefined ? {} : { auditSink: ndjsonAuditSink({ path: auditFile }) }),
});
const app = express();
const mount = () => [createAiRouter(gateway, { identify: () => ({ userId: "u1" }) }), createAiErrorHandler()];
app.use("/api/ai", ...mount());
app.use("/parsed/api/ai", express.json(), ...mount());
app.get("/health", (_request, response) => void response.json({ status: "ok" }));

const server = app.listen(0, "127.0.0.1");
await once(server, "listening");

process.on("message", () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().rss);
});
process.once("SIGTERM", async () => {
  server.close();
  server.closeIdleConnections();
  await gateway.close();
  setTimeout(() => server.closeAllConnections(), 1_000).unref();
  const reserved = budget.usage().map(({ reservedMicroUsd }) => reservedMicroUsd);
  process.stdout.write(`reserved at the end: ${reserved.join(" ")}\n`);
  process.disconnect();
});

process.send?.((server.address() as AddressInfo).port); // as: a TCP server has one
