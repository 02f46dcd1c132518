import { once } from "node:events";
import { createServer, type Server, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { AiGateway, Caller } from "@levqor/core";
import { createFetchHandler } from "@levqor/core/http";
import type { AiRouterOptions } from "@levqor/express-adapter";
import type { Express, RequestHandler } from "express";
import { Hono } from "hono";
import { onTestFinished, vi } from "vitest";

/** The servers that the same cases are run against. */
export const edgeHosts = ["Express 5", "Express 4", "Hono"] as const;
/** One of {@link edgeHosts}. */
export type EdgeHost = (typeof edgeHosts)[number];

/** How a gateway is mounted under `/api/ai`. */
export interface EdgeOptions extends Omit<Partial<AiRouterOptions>, "identify"> {
  readonly gateway: AiGateway;
  /** @default one user of one tenant */
  readonly identify?: ((request: unknown) => Caller | undefined) | undefined;
  /** Node's own, such as its timeouts. */
  readonly serverOptions?: ServerOptions | undefined;
  /** What an Express application has installed before the router. */
  readonly before?: ((express: typeof import("express")) => readonly RequestHandler[]) | undefined;
}

/** A server that listens on a free port. */
export interface EdgeServer {
  readonly server: Server;
  readonly port: number;
  /** The address that the gateway is mounted at. */
  readonly base: string;
}

/** Starts a real server; it is closed when the test is over. */
export async function serveEdge(
  host: EdgeHost,
  { serverOptions = {}, ...options }: EdgeOptions,
): Promise<EdgeServer> {
  const listener = host === "Hono" ? honoApp(options) : await expressApp(host, options);
  const server = createServer(serverOptions, listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  return { server, port, base: `http://127.0.0.1:${port}/api/ai` };
}

const someone = (): Caller => ({ userId: "u1", tenantId: "t1" });

async function expressApp(
  host: Exclude<EdgeHost, "Hono">,
  { gateway, identify = someone, before, ...options }: EdgeOptions,
): Promise<Express> {
  loaded[host] ??= load(host);
  const { express, createAiErrorHandler, createAiRouter } = await loaded[host];
  const app = express();
  for (const handler of before?.(express) ?? []) app.use(handler);
  app.use("/api/ai", createAiRouter(gateway, { identify, ...options }), createAiErrorHandler());
  app.get("/health", (_request, response) => void response.json({ status: "ok" }));
  return app;
}

const loaded: Partial<Record<EdgeHost, ReturnType<typeof load>>> = {};

/** The adapter imports "express": with the alias in its place it runs on the other major version. */
async function load(host: Exclude<EdgeHost, "Hono">) {
  vi.resetModules();
  vi.doMock("express", () => vi.importActual(host === "Express 4" ? "express4" : "express"));
  const { default: express } = await import("express");
  return { express, ...(await import("@levqor/express-adapter")) };
}

function honoApp({ gateway, identify = someone, before: _, ...options }: EdgeOptions) {
  const handle = createFetchHandler(gateway, { basePath: "/api/ai", identify, ...options });
  const app = new Hono();
  app.all("/api/ai/*", ({ req }) => handle(req.raw));
  app.get("/health", (context) => context.json({ status: "ok" }));
  return getRequestListener(app.fetch);
}
