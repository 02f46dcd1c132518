import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import {
  type AiGateway,
  createAiGateway,
  memoryBudget,
  memoryRateLimiter,
  type Provider,
} from "@levqor/core";
import { createFetchHandler } from "@levqor/core/http";
import { createAiErrorHandler, createAiRouter } from "@levqor/express-adapter";
import express, { type Request } from "express";
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

/** Fails on the way one time in seven. */
function fuzzedProvider(seen: { running: number }): Provider {
  let asked = 0;
  return {
    name: "fuzzed",
    model: "gpt-4o-mini",
    async *stream() {
      asked++;
      seen.running++;
      try {
        yield { type: "text-delta", delta: "A reply of " };
        if (asked % 7 === 0) throw new TypeError(`${upstreamCanary} at /srv/app.ts:1`);
        yield { type: "text-delta", delta: "the model." };
        const usage = { inputTokens: 50, outputTokens: 5, source: "reported" as const };
        yield { type: "finish", reason: "stop", usage };
      } finally {
        seen.running--;
      }
    },
  };
}

/** Starts it: the router before and behind `express.json()`, and the fetch handler in Hono. */
export async function startFuzzServer(): Promise<FuzzServer> {
  let written: unknown[] = [];
  const seen = { running: 0 };
  const note = (fields: object, message: string) => void written.push(fields, message);
  const budget = memoryBudget({
    gateway: { dailyUsd: 1_000 },
    user: { dailyUsd: 0.002, onExceeded: "reject" },
  });
  const gateway = createAiGateway({
    provider: fuzzedProvider(seen),
    budget,
    rateLimiter: memoryRateLimiter({ perUser: { requests: 300 }, perIp: false }),
    auditSink: { write: (record) => void written.push(record) },
    retry: { maxRetries: 0 },
    breaker: false,
    logger: { info: note, warn: note, error: note },
  });
  const servers = await Promise.all([listen(expressMounts(gateway)), listen(honoMount(gateway))]);
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
    running: () => seen.running,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await gateway.close();
    },
  };
}

const maxBodyBytes = 100_000;
const callerOf = (userId: string | null | undefined) => ({ userId: userId ?? undefined, tenantId: "t1" });

function expressMounts(gateway: AiGateway): RequestListener {
  const app = express();
  const identify = (request: Request) => callerOf(request.get("x-user"));
  const mount = () => [createAiRouter(gateway, { identify, maxBodyBytes }), createAiErrorHandler()];
  app.use("/own", ...mount());
  app.use("/parsed", express.json({ limit: maxBodyBytes }), ...mount());
  return app;
}

function honoMount(gateway: AiGateway): RequestListener {
  const handle = createFetchHandler(gateway, {
    basePath: "/fetch",
    identify: ({ headers }) => callerOf(headers.get("x-user")),
    maxBodyBytes,
  });
  return getRequestListener(new Hono().all("/fetch/*", ({ req }) => handle(req.raw)).fetch);
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  server.keepAliveTimeout = 0; // a client that thinks for long must not meet a connection that is just being closed
  await once(server, "listening");
  return server;
}
