import type { IncomingMessage } from "node:http";

/**
 * The whole body, or nothing when it is longer than `maxBytes`: the rest is left unread, and the socket open for the
 * reply. By events, as iterating over a request costs more than all else that is done to it here.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const onData = (chunk: Uint8Array) => {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      request.off("data", onData).pause();
      resolve(undefined);
    };
    const onOver = () => {
      if (request.readableEnded) resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      else reject(request.errored ?? new Error("The connection was closed."));
    };
    if (request.readableEnded || request.destroyed) onOver();
    else request.on("data", onData).once("end", onOver).once("close", onOver).resume(); // somebody may have paused it
  });
}
