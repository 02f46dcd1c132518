import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProviderScenario, ScenarioToolCall } from "@levqor/core/testing";

/** A request as it arrived: what left the gateway's process. */
interface WireRequest {
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: unknown;
    readonly tools?: unknown;
    readonly tool_choice?: unknown;
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

const upstreamError = { message: "CANARY upstream text", type: "error", code: null };
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
      response.end(JSON.stringify({ error: upstreamError }));
      return;
    }
    case "garbage":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>CANARY upstream page</html>");
      return;
    case "embeddings": {
      const data = scenario.vectors.map((embedding, index) => ({ object: "embedding", index, embedding }));
      const counted = { prompt_tokens: 7, total_tokens: 7 };
      // Backwards: the place is in the index.
      sendJson(response, { object: "list", model: "m", data: data.reverse(), usage: counted });
      return;
    }
    case "hang":
      if (body.stream) startStream(response, textDeltas(scenario.pieces));
      return;
    case "cut":
      if (body.stream) startStream(response, textDeltas(scenario.pieces));
      if (body.stream) response.end();
      else response.destroy();
      return;
    case "reset":
      if (body.stream) startStream(response, textDeltas(scenario.pieces));
      response.socket?.end(() => response.destroy()); // after what was written has left
      return;
    case "malformed-event":
      startStream(response, textDeltas(scenario.pieces));
      response.end('data: {"choices":[{"delta":{"content":"CANARY\n\ndata: [DONE]\n\n');
      return;
    case "in-band-error":
      startStream(response, textDeltas(scenario.pieces));
      response.end(`data: ${JSON.stringify({ error: upstreamError })}\n\n`);
      return;
    default: {
      const reply = replyOf(scenario);
      if (body.stream) endStream(response, reply);
      else sendWhole(response, reply);
    }
  }
}

interface WireReply {
  readonly text: readonly string[];
  readonly calls: readonly ScenarioToolCall[];
  /** Absent when the stream breaks off. */
  readonly finishReason: string | undefined;
}

type Complete = Extract<ProviderScenario, { kind: "reply" | "length" | "filtered" | "tool-calls" }>;

function replyOf(scenario: Complete): WireReply {
  if (scenario.kind === "filtered") return { text: [], calls: [], finishReason: "content_filter" };
  if (scenario.kind !== "tool-calls") {
    const finishReason = scenario.kind === "length" ? "length" : "stop";
    return { text: scenario.pieces, calls: [], finishReason };
  }
  const { text, calls, ends } = scenario;
  const finishReason = ends === "cut" ? undefined : ends === "limit" ? "length" : "tool_calls";
  return { text: [text], calls, finishReason };
}

function sendWhole(response: ServerResponse, { text, calls, finishReason }: WireReply): void {
  const toolCalls = calls.map(({ id, name, pieces }) => ({
    id,
    type: "function",
    function: { name, arguments: pieces.join("") },
  }));
  const message = {
    role: "assistant",
    content: text.join(""),
    ...(calls.length === 0 ? {} : { tool_calls: toolCalls }),
  };
  const choices = [{ index: 0, message, finish_reason: finishReason }];
  sendJson(response, { id: "c", object: "chat.completion", created: 0, model: "m", choices, usage });
}

function endStream(response: ServerResponse, { text, calls, finishReason }: WireReply): void {
  const deltas = [...textDeltas(text), ...calls.flatMap(callDeltas)];
  startStream(response, deltas);
  if (finishReason !== undefined) {
    response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: finishReason }] }));
    response.write(chunk({ choices: [], usage }));
    response.write("data: [DONE]\n\n");
  }
  response.end();
}

const textDeltas = (pieces: readonly string[]) => pieces.map((content) => ({ content }));

/** The first piece names the function, the others only its place. */
const callDeltas = ({ id, name, pieces }: ScenarioToolCall, index: number) => [
  { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] },
  ...pieces.map((text) => ({ tool_calls: [{ index, function: { arguments: text } }] })),
];

const chunk = (fields: object) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 0, model: "m", ...fields })}\n\n`;

/** Sends the deltas as events, and leaves the stream open. */
function startStream(response: ServerResponse, deltas: readonly object[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const delta of deltas) response.write(chunk({ choices: [{ index: 0, delta, finish_reason: null }] }));
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
