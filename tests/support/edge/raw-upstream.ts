import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** An upstream that writes what a test says, byte by byte. */
export interface RawUpstream {
  readonly baseURL: string;
  /** Requests so far. */
  readonly asked: number;
  /** Requests that its client left before the end. */
  readonly abandoned: number;
}

/** Starts it; `answer` gets the number of the request, from 1, and whether a stream was asked for. */
export async function rawUpstream(
  answer: (
    response: ServerResponse,
    request: { readonly number: number; readonly streams: boolean },
  ) => unknown,
): Promise<RawUpstream> {
  let asked = 0;
  let abandoned = 0;
  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    response.on("close", () => {
      if (!response.writableFinished) abandoned++;
    });
    let body = "";
    for await (const chunk of request) body += String(chunk);
    asked++;
    await answer(response, { number: asked, streams: JSON.parse(body).stream === true });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    get asked() {
      return asked;
    },
    get abandoned() {
      return abandoned;
    },
  };
}

/** A piece of a streamed reply on OpenAI's wire. */
export const delta = (content: string): string =>
  chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });

/** How a streamed reply ends on it. */
export const streamEnd = `${chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}data: [DONE]\n\n`;

/** Sends a whole reply on it. */
export function sendWhole(response: ServerResponse, content: string): void {
  const reply = {
    id: "c",
    object: "chat.completion",
    created: 0,
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply));
}

function chunk(fields: object): string {
  return `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 0, model: "m", ...fields })}\n\n`;
}
