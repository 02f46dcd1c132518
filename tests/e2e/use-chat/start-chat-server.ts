import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createAiGateway, type Provider } from "@levqor/core";
import { type AiRouterOptions, createAiRouter } from "@levqor/express-adapter";
import { build } from "esbuild";
import express from "express";

/** A server as an application would write it, with a page that uses `useChat`. */
export interface ChatServer {
  readonly url: string;
  stop(): Promise<void>;
}

const silent = { info() {}, warn() {}, error() {} };
const html =
  '<!doctype html><meta charset="utf-8"><title>useChat</title><div id="root"></div><script src="/page.js"></script>';

/** Starts it on a free port. @default provider: none */
export async function startChatServer(
  page: string,
  { provider, onDisconnect }: { readonly provider?: Provider } & Pick<AiRouterOptions, "onDisconnect"> = {},
): Promise<ChatServer> {
  const gateway = createAiGateway({ provider, logger: silent, auditSink: { write() {} } });
  const app = express();
  app.get("/", (_request, response) => void response.type("html").send(html));
  app.get("/page.js", (_request, response) => void response.type("js").send(page));
  app.use("/api/ai", createAiRouter(gateway, { identify: () => ({ userId: "ada" }), onDisconnect }));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await gateway.close();
    },
  };
}

/** Bundles the page with React and the AI SDK, as they are installed. */
export async function bundleChatPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("chat-page.tsx", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const [page] = outputFiles;
  if (page === undefined) throw new Error("The bundler made no file.");
  return page.text;
}
