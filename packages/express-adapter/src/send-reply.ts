import type { Clock } from "@levqor/core";
import type { HttpReply } from "@levqor/core/http";
import type { Response } from "express";

/** Patience with a client that does not keep up. */
export interface SendOptions {
  readonly clock: Clock;
  /** How long a full buffer may stay full before the connection is cut, milliseconds. */
  readonly stallMs: number;
}

/** How long the rest of a refused body is read and thrown away, milliseconds. */
const lingerMs = 5_000;

/** Sends a reply: a text in one piece, a stream part by part at the client's own pace. */
export async function sendReply(response: Response, reply: HttpReply, options: SendOptions): Promise<void> {
  const { status, headers, body } = reply;
  const parts = typeof body === "string" ? undefined : body[Symbol.asyncIterator]();
  if (response.headersSent || response.destroyed) {
    await parts?.return?.();
    return;
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (parts !== undefined) await sendParts(response, parts, options);
  else if (headers["connection"] === "close") await sendAndClose(response, String(body), options);
  else response.end(body);
}

/** An error in between cuts the connection: a second status can't be sent, and a clean end would be a lie. */
async function sendParts(
  response: Response,
  parts: AsyncIterator<string>,
  options: SendOptions,
): Promise<void> {
  const drained = watchBuffer(response, options);
  const flush = flusherOf(response);
  response.once("close", () => void parts.return?.());
  response.flushHeaders(); // a reader that waits for the next event knows that there is a stream
  try {
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      const isAccepted = response.write(next.value);
      flush();
      if (!isAccepted) await drained();
    }
    response.end();
  } catch {
    response.destroy();
  }
}

/** `compression()` collects what is written until it is told not to. */
function flusherOf(response: Response & { flush?: unknown }): () => void {
  const { flush } = response;
  return typeof flush === "function" ? () => void flush.call(response) : () => {};
}

/**
 * The returned function waits until the client has read enough, or has gone; one that reads nothing for too long is cut
 * off. It listens once for the whole reply: behind `compression()` a "drain" listener can't be removed again.
 */
function watchBuffer(response: Response, { clock, stallMs }: SendOptions): () => Promise<void> {
  let goOn = () => {};
  response.on("drain", () => goOn()).once("close", () => goOn());
  return () =>
    new Promise((resolve) => {
      if (response.destroyed) return resolve();
      const cancelTimer = clock.setTimer(stallMs, () => response.destroy());
      goOn = () => {
        cancelTimer();
        resolve();
      };
    });
}

/**
 * Sends the whole reply, reads on for a while, then closes. Closing at once, with the client still sending, makes its
 * system throw the reply away unread (a TCP reset).
 */
async function sendAndClose(response: Response, body: string, { clock }: SendOptions): Promise<void> {
  const { req: request } = response;
  response.setHeader("content-length", new TextEncoder().encode(body).length);
  response.write(body);
  if (!request.complete) {
    await new Promise<void>((resolve) => {
      const cancelTimer = clock.setTimer(lingerMs, resolve);
      request.once("end", resolve).once("close", resolve).resume();
      response.once("close", cancelTimer);
    });
  }
  response.end();
}
