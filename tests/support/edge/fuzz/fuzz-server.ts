import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createAiGateway, memoryBudget, memoryRateLimiter, type Provider } from "@levqor/core";
import { createFetchHandler } from "@levqor/core/http";
import { createAiErrorHandler, createAiRouter } from "@levqor/express-adapter";
import express from "express";
import { Hono } from "hono";
import type { FuzzRequest } from "./fuzz-requests.js";

/** In what the provider's failures say: may come back nowhere. */
export const upstreamCanary = "CANARY-upstream-44ab";

/** The gateway under fuzz, mounted three times, with everything it writes and spends. */
export interface FuzzServer {
  urlOf(mount: FuzzRequest["mount"]): string;
  readonly budget: ReturnType<typeof memoryBudget>;
  /** What was logged and audited since the last time, as text. */
  takeWritten(): string;
  /** Calls to the model that run now. */
  running(): number;
  close(): Promise<void>;
}

/** Starts it: the router before and behind `express.json()`, and the fetch handler in Hono. */
export async function startFuzzServer(): Promise<FuzzServer> {
  let written: unknown[] = [];
  let asked = 0;
  let running = 0;
  const note = (fields: object, message: string) => void written.push(fields, message);
  const budget = memoryBudget({
    gateway: { dailyUsd: 1_000 },
    user: { dailyUsd: 0.002, onExceeded: "reject" },
  });
  const provider: Provider = {
    name: "fuzzed",
    model: "gpt-4o-mini",
    async *stream() {
      asked++;
      running++;
      try {
        yield { type: "text-delta", delta: "A reply of " };
        if (asked % 7 === 0) throw new TypeError(`${upstreamCanary} at /srv/app.ts:1`);
        yield { type: "text-delta", delta: "the model." };
        yield {
          type: "finish",
          reason: "stop",
          usage: { inputTokens: 50, outputTokens: 5, source: "reported" },
        };
      } finally {
        running--;
      }
    },
  };
  const gateway = createAiGateway({
    provider,
    budget,
    rateLimiter: memoryRateLimiter({ perUser: { requests: 300 }, perIp: false }),
    auditSink: { write: (record) => void written.push(record) },
    retry: { maxRetries: 0 },
    breaker: false,
    logger: { info: note, warn: note, error: note },
  });
  const callerOf = (userId: string | null | undefined) => ({ userId: userId ?? undefined, tenantId: "t1" });

  const app = express();
  const mount = () => [
    createAiRouter(gateway, {
      identify: (request) => callerOf(request.get("x-user")),
      maxBodyBytes: 100_000,
    }),
    createAiErrorHandler(),
  ];
  app.use("/own", ...mount());
  app.use("/parsed", express.json({ limit: 100_000 }), ...mount());
  const handle = createFetchHandler(gateway, {
    basePath: "/fetch",
    identify: ({ headers }) => callerOf(headers.get("x-user")),
    maxBodyBytes: 100_000,
  });
  const hono = new Hono().all("/fetch/*", ({ req }) => handle(req.raw));
  const servers = await Promise.all([listen(app), listen(getRequestListener(hono.fetch))]);
  const [expressUrl = "", honoUrl = ""] = servers.map(
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // as: a TCP server has one
  );

  return {
    urlOf: (mount) => `${mount === "fetch" ? honoUrl : expressUrl}/${mount}`,
    budget,
    takeWritten() {
      const taken = JSON.stringify(written);
      written = [];
      return taken;
    },
    running: () => running,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await gateway.close();
    },
  };
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
