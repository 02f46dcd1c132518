import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProviderScenario } from "@levqor/core/testing";

/** A request as it arrived: what left the gateway's process. */
interface WireRequest {
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: unknown;
  };
  /** The body as text. */
  readonly text: string;
}

/** What to answer: the same always, or by request. */
export type WireBehaviour = ProviderScenario | ((request: WireRequest) => ProviderScenario);

/** A real HTTP server that speaks OpenAI's chat completions wire and plays scenarios. */
export interface OpenAiWireServer {
  readonly baseURL: string;
  /** Every request so far, in order. */
  readonly requests: readonly WireRequest[];
  /** Connections that were opened so far. */
  readonly connections: number;
  /** Connections that the client closed before the answer was complete. */
  readonly abandoned: number;
  play(behaviour: WireBehaviour): void;
  close(): Promise<void>;
}

const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };

/** Starts the server on a free port of 127.0.0.1. */
export async function startOpenAiWireServer(first: WireBehaviour): Promise<OpenAiWireServer> {
  let behaviour = first;
  let abandoned = 0;
  let connections = 0;
  const requests: WireRequest[] = [];
  const server = createServer(async (request, response) => {
    response.on("close", () => {
      if (!response.writableFinished) abandoned++;
    });
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const received: WireRequest = { headers: request.headers, body: JSON.parse(text), text };
    requests.push(received);
    answer(response, received, typeof behaviour === "function" ? behaviour(received) : behaviour);
  });
  server.on("connection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    requests,
    get connections() {
      return connections;
    },
    get abandoned() {
      return abandoned;
    },
    play(next) {
      behaviour = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(response: ServerResponse, { body }: WireRequest, scenario: ProviderScenario): void {
  switch (scenario.kind) {
    case "status": {
      const { status, retryAfterS } = scenario;
      const retryAfter = retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) };
      response.writeHead(status, { "content-type": "application/json", ...retryAfter });
      response.end(JSON.stringify({ error: { message: "CANARY upstream text", type: "error", code: null } }));
      return;
    }
    case "garbage":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>CANARY upstream page</html>");
      return;
    case "filtered":
      if (body.stream) stream(response, [], "content_filter");
      else whole(response, "", "content_filter");
      return;
    case "reply":
      if (body.stream) stream(response, scenario.pieces, "stop");
      else whole(response, scenario.pieces.join(""), "stop");
      return;
    case "hang":
      if (body.stream) stream(response, scenario.pieces, undefined);
      return;
    case "cut":
      if (body.stream) {
        stream(response, scenario.pieces, undefined);
        response.end();
      } else response.destroy();
      return;
  }
}

function whole(response: ServerResponse, content: string, finishReason: string): void {
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: finishReason }];
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({ id: "c", object: "chat.completion", created: 0, model: "m", choices, usage }),
  );
}

/** Sends the pieces as events; with a finish reason also the end. */
function stream(response: ServerResponse, pieces: readonly string[], finishReason: string | undefined): void {
  const send = (fields: object) =>
    response.write(
      `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 0, model: "m", ...fields })}\n\n`,
    );
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const content of pieces) send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
  if (finishReason === undefined) return;
  send({ choices: [{ index: 0, delta: {}, finish_reason: finishReason }] });
  send({ choices: [], usage });
  response.end("data: [DONE]\n\n");
}
