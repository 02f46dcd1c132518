import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A connection to a server, for requests that no HTTP client would send. */
export async function openConnection(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}); // cut connections are what these tests are about
  await once(socket, "connect");
  return socket;
}

/** What came back over a connection until the server closed it. */
export interface RawReply {
  /** Of the first reply; 0 when there was none. */
  readonly status: number;
  readonly text: string;
}

/** Sends the parts one after the other and reads until the server closes. */
export async function sendRaw(port: number, parts: Iterable<string | Uint8Array>): Promise<RawReply> {
  const socket = await openConnection(port);
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
  });
  const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  for (const part of parts) {
    if (socket.destroyed) break;
    if (!socket.write(part))
      await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]);
  }
  await closed;
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text };
}

/** The head of a request for a chat, with `Connection: close`. */
export const chatHead = (...headers: readonly string[]): string =>
  ["POST /api/ai/chat HTTP/1.1", "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");

/** One chunk of a chunked body. */
export const chunkOf = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
