import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach } from "vitest";
import { dispatchedFetch } from "../provider/dispatched-fetch.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Lets a server listen until the test ends. */
export async function listen(server: Server) {
  servers.push(server);
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  return { url: `http://127.0.0.1:${port}/v1/chat?x=1`, port, sockets, server };
}

/** A real HTTP server that answers so. */
export const serve = (answer: RequestListener) => listen(createServer(answer));

export const post = (url: string, init: RequestInit = {}) =>
  dispatchedFetch(url, { method: "POST", headers: new Headers({ "x-a": "1" }), body: "{}", ...init });

export async function* piecesOf({ body }: Response): AsyncGenerator<string> {
  for await (const chunk of body ?? []) yield new TextDecoder().decode(chunk);
}

/** A promise that somebody else fulfils. */
export function promised<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
