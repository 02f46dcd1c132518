import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AiGateway } from "@levqor/core";
import { type GatewayScript, scriptedGateway, scriptedReply } from "@levqor/core/testing";
import type { Express } from "express";
import { beforeAll, onTestFinished, vi } from "vitest";
import type { AiRouterOptions } from "./index.js";

// The first import translates everything, the core too: that is no test's time.
beforeAll(() => import("./index.js"), 60_000);

/** Both major versions: the installed one and its alias. */
export const expressVersions = ["express", "express4"] as const;
export type ExpressVersion = (typeof expressVersions)[number];

export type Script = GatewayScript["answer"];

/** Answers at once, and tells who asked. */
export const hello: Script = async function* ({ call }) {
  yield { type: "finish", reply: scriptedReply({ reply: "Hello", caller: call.caller }, call) };
};

/** Fails before the first event. */
export const failing =
  (error: unknown): Script =>
  () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) });

/** Yields text for ever, as fast as it is taken; counts what it made. */
export function endlessScript(delta: string) {
  const seen: { made: number; signal: AbortSignal | undefined } = { made: 0, signal: undefined };
  const answer: Script = async function* ({ call }) {
    seen.signal = call.signal;
    for (;;) {
      seen.made++;
      yield { type: "text-delta", delta };
    }
  };
  return { seen, answer };
}

export interface ServeOptions extends Partial<AiRouterOptions> {
  readonly answer?: Script;
  readonly gateway?: AiGateway;
  /** What the application has installed before the router. */
  readonly before?: (app: Express, express: typeof import("express")) => void;
  /** What it has installed after the router. */
  readonly after?: (app: Express) => void;
}

/** A real server on a free port, with the router under `/api/ai`; closed when the test is over. */
export async function serve(
  version: ExpressVersion,
  options: ServeOptions = {},
): Promise<{ readonly server: Server; readonly port: number; readonly base: string }> {
  const { answer = hello, gateway = scriptedGateway({ answer }), before, after, ...routerOptions } = options;
  loaded[version] ??= load(version);
  const { express, adapter } = await loaded[version];
  const app = express();
  before?.(app, express);
  const router = adapter.createAiRouter(gateway, { identify: () => ({ userId: "u1" }), ...routerOptions });
  app.use("/api/ai", router, adapter.createAiErrorHandler());
  app.get("/health", (_request, response) => void response.json({ status: "ok" }));
  after?.(app);
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, base: `http://127.0.0.1:${port}` };
}

const loaded: Partial<Record<ExpressVersion, ReturnType<typeof load>>> = {};

/** The adapter imports "express": with an alias in its place it runs on the other major version. */
async function load(version: ExpressVersion) {
  vi.resetModules();
  vi.doMock("express", () => vi.importActual(version));
  const { default: express } = (await import("express")) as unknown as { default: typeof import("express") };
  return { express, adapter: await import("./index.js") };
}

/** Sends a JSON body. */
export const post = (url: string, body = '{"message":"Hi"}', headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

/** Asks for a stream with a client that reads only what it is told to read. */
export function openStream(base: string, accept = "text/event-stream") {
  const headers = { "content-type": "application/json", accept };
  const request = httpRequest(`${base}/api/ai/chat`, { method: "POST", headers }).end("{}");
  request.on("error", () => {}); // cut connections are what these tests are about
  const response = once(request, "response").then(([message]) =>
    (message as IncomingMessage).on("error", () => {}).pause(),
  );
  response.catch(() => {});
  return { request, response };
}

/** Resolves once a number has stopped growing: every buffer on the way is full. */
export async function untilSteady(read: () => number): Promise<void> {
  for (let before = -1; before !== read() || before === 0; ) {
    before = read();
    await pause(50);
  }
}

/** Lets real sockets do their work. */
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
