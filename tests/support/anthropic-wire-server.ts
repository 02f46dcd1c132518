import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProviderScenario, ScenarioToolCall } from "@levqor/core/testing";

/** A request as it arrived. */
interface WireRequest {
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly tool_choice?: { readonly type: string; readonly name?: string };
    readonly [field: string]: unknown;
  };
}

/** A real HTTP server that speaks Anthropic's messages wire and plays scenarios. */
export interface AnthropicWireServer {
  /** Without `/v1`, as the SDK wants it. */
  readonly baseURL: string;
  /** Every request so far, in order. */
  readonly requests: readonly WireRequest[];
  close(): Promise<void>;
}

const usage = {
  input_tokens: 2,
  cache_creation_input_tokens: 1,
  cache_read_input_tokens: 4,
  output_tokens: 3,
};

/** Starts the server on a free port of 127.0.0.1. */
export async function startAnthropicWireServer(scenario: ProviderScenario): Promise<AnthropicWireServer> {
  const requests: WireRequest[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const received: WireRequest = { path: request.url, headers: request.headers, body: JSON.parse(text) };
    requests.push(received);
    answer(response, received, scenario);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  return {
    baseURL: `http://127.0.0.1:${port}`,
    requests,
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
      response.end(JSON.stringify(errorOf("api_error")));
      return;
    }
    case "garbage":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>CANARY upstream page</html>");
      return;
    case "hang":
      if (body.stream) startStream(response, [textBlock(scenario.pieces)]);
      return;
    case "cut":
      if (body.stream) startStream(response, [textBlock(scenario.pieces)]);
      if (body.stream) response.end();
      else response.destroy();
      return;
    case "reset":
      if (body.stream) startStream(response, [textBlock(scenario.pieces)]);
      response.socket?.end(() => response.destroy()); // after what was written has left
      return;
    case "malformed-event":
      startStream(response, [textBlock(scenario.pieces)]);
      response.end('event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"CANARY\n\n');
      return;
    case "in-band-error":
      startStream(response, [textBlock(scenario.pieces)]);
      response.end(eventText(errorOf("overloaded_error")));
      return;
    case "embeddings":
      response.writeHead(404).end();
      return;
    default: {
      const reply = replyOf(scenario, body.tool_choice?.type === "tool" ? body.tool_choice.name : undefined);
      if (body.stream) endStream(response, reply);
      else sendWhole(response, reply);
    }
  }
}

const errorOf = (type: string) => ({ type: "error", error: { type, message: "CANARY upstream text" } });

/** A content block in pieces: of text, or a call when it has a name. */
interface WireBlock {
  readonly pieces: readonly string[];
  readonly call?: { readonly id: string; readonly name: string };
}

interface WireReply {
  readonly blocks: readonly WireBlock[];
  /** Absent when the stream breaks off. */
  readonly stopReason: string | undefined;
}

const textBlock = (pieces: readonly string[]): WireBlock => ({ pieces });
const callBlock = ({ id, name, pieces }: ScenarioToolCall): WireBlock => ({ pieces, call: { id, name } });

type Complete = Extract<ProviderScenario, { kind: "reply" | "length" | "filtered" | "tool-calls" }>;

/** A forced tool gets the pieces as its input. */
function replyOf(scenario: Complete, forcedTool: string | undefined): WireReply {
  if (scenario.kind === "filtered") return { blocks: [], stopReason: "refusal" };
  if (scenario.kind === "tool-calls") {
    const { text, calls, ends } = scenario;
    const stopReason = ends === "cut" ? undefined : ends === "limit" ? "max_tokens" : "tool_use";
    return { blocks: [textBlock([text]), ...calls.map(callBlock)], stopReason };
  }
  const { kind, pieces } = scenario;
  if (kind === "length") return { blocks: [textBlock(pieces)], stopReason: "max_tokens" };
  if (forcedTool === undefined) return { blocks: [textBlock(pieces)], stopReason: "end_turn" };
  return { blocks: [callBlock({ id: "toolu_reply", name: forcedTool, pieces })], stopReason: "tool_use" };
}

function sendWhole(response: ServerResponse, { blocks, stopReason }: WireReply): void {
  const content = blocks.map(({ pieces, call }) =>
    call === undefined
      ? { type: "text", text: pieces.join("") }
      : {
          type: "tool_use",
          ...call,
          input: stopReason === "max_tokens" ? {} : JSON.parse(pieces.join("") || "{}"),
        },
  );
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ ...message, content, stop_reason: stopReason, usage }));
}

const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "m",
  content: [],
  stop_reason: null,
  stop_sequence: null,
};

const eventText = (event: { readonly type: string; readonly [field: string]: unknown }) =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** Sends the start of the message and its blocks, and leaves the stream open. */
function startStream(response: ServerResponse, blocks: readonly WireBlock[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(
    eventText({ type: "message_start", message: { ...message, usage: { ...usage, output_tokens: 1 } } }),
  );
  response.write(eventText({ type: "ping" }));
  for (const [index, { pieces, call }] of blocks.entries()) {
    const content_block =
      call === undefined ? { type: "text", text: "" } : { type: "tool_use", ...call, input: {} };
    response.write(eventText({ type: "content_block_start", index, content_block }));
    for (const piece of pieces) {
      const delta =
        call === undefined
          ? { type: "text_delta", text: piece }
          : { type: "input_json_delta", partial_json: piece };
      response.write(eventText({ type: "content_block_delta", index, delta }));
    }
  }
}

function endStream(response: ServerResponse, { blocks, stopReason }: WireReply): void {
  startStream(response, blocks);
  if (stopReason !== undefined) {
    for (const index of blocks.keys()) response.write(eventText({ type: "content_block_stop", index }));
    const delta = { stop_reason: stopReason, stop_sequence: null };
    const totals = { output_tokens: 3, input_tokens: null };
    response.write(eventText({ type: "message_delta", delta, usage: totals }));
    response.write(eventText({ type: "message_stop" }));
  }
  response.end();
}
