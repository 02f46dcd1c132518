import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/**
 * A proxy with nginx's rule: a reply is held back until it is whole, unless `X-Accel-Buffering: no` stands in it; then each
 * piece is passed on as it comes.
 */
export async function bufferingProxy(target: number): Promise<{
  readonly port: number;
  /** How the last reply was passed on. */
  passed(): "as it came" | "buffered" | undefined;
}> {
  let passed: "as it came" | "buffered" | undefined;
  const proxy = createServer((incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    const forwarded = httpRequest({ host: "127.0.0.1", port: target, method, path: url, headers });
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    forwarded.on("response", async (reply) => {
      reply.on("error", () => outgoing.destroy());
      const streams = reply.headers["x-accel-buffering"] === "no";
      passed = streams ? "as it came" : "buffered";
      if (streams) {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers).flushHeaders();
        reply.pipe(outgoing);
        return;
      }
      const held: Buffer[] = [];
      for await (const chunk of reply) held.push(chunk as Buffer);
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers).end(Buffer.concat(held));
    });
    incoming.pipe(forwarded);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo; // as: a TCP server has one
  return { port, passed: () => passed };
}
