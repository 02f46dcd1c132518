import { type Clock, systemClock } from "../clock.js";
import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { AiGateway } from "../gateway.js";
import { findEndpoint } from "./endpoints.js";
import { errorReply } from "./error-reply.js";
import { encodeEvents, endedWithoutReply, eventStreamHeaders } from "./event-stream.js";
import type { HttpExchange, HttpReply } from "./exchange.js";
import { jsonReply } from "./json-reply.js";
import { withKeepAlive } from "./keep-alive.js";
import { acceptsEventStream } from "./media-type.js";
import { readInput } from "./read-input.js";
import { reportFailure } from "./report-failure.js";
import { requestIdOf } from "./request-id.js";
import { readUiChatRequest } from "./ui-chat-request.js";

/** How requests are answered. */
export interface HttpHandlerOptions {
  /** Largest body, bytes. @default 1_048_576 (1 MiB) */
  readonly maxBodyBytes?: number | undefined;
  /** How long a stream may be silent before a comment keeps it alive, milliseconds. @default 15_000 */
  readonly keepAliveMs?: number | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** Answers one exchange. Never rejects: every failure is a reply. */
export type HttpHandler = (exchange: HttpExchange) => Promise<HttpReply>;

/**
 * Serves a gateway's tasks over HTTP, one endpoint each: `POST /<task name>`. It knows no server: an adapter turns
 * its requests into exchanges. A client that accepts `text/event-stream` gets the reply as it is written.
 */
export function createHttpHandler(gateway: AiGateway, options: HttpHandlerOptions = {}): HttpHandler {
  const { maxBodyBytes = 1_048_576, keepAliveMs = 15_000, clock = systemClock } = options;
  const problems = Object.entries({ maxBodyBytes, keepAliveMs })
    .filter(([, value]) => !(Number.isFinite(value) && value > 0))
    .map(([name]) => `${name}: must be a number more than 0`);
  if (problems.length > 0) throw invalidConfig("createHttpHandler", problems);

  return async function handleExchange(exchange) {
    const requestId = requestIdOf(exchange.headers);
    const onFailure = (error: unknown) => reportFailure(gateway.logger, error, requestId);
    try {
      const task = findEndpoint(gateway.tasks, exchange);
      const caller = await exchange.identify();
      const body = await readInput(exchange, maxBodyBytes);
      const uiRequest = task.textField === undefined ? undefined : readUiChatRequest(body);
      const input = uiRequest ?? body;
      // useChat reads nothing but a stream, but does not say so in its headers.
      if (uiRequest !== undefined || acceptsEventStream(exchange.headers["accept"])) {
        return await streamReply({ task, input, caller, requestId, onFailure, signal: exchange.signal });
      }
      const reply = await gateway.run(task, input, { caller, requestId, signal: exchange.signal });
      return jsonReply(requestId, { status: 200, body: reply });
    } catch (error) {
      onFailure(error);
      return errorReply(error, requestId);
    }
  };

  /** Waits for the first event, so that a failure before it is an ordinary reply with its status. */
  async function streamReply(call: StreamedCall): Promise<HttpReply> {
    const { task, input, caller, requestId, onFailure } = call;
    const stopped = new AbortController();
    const signal = AbortSignal.any([call.signal, stopped.signal]);
    const events = gateway.stream(task, input, { caller, requestId, signal });
    const first = await events.next();
    if (first.done === true) throw endedWithoutReply();
    const stop = () => {
      stopped.abort(new GatewayError("aborted", "The client stopped reading."));
      events.return().catch(onFailure);
    };
    const encoded = encodeEvents({ task, requestId, first: first.value, rest: events, onFailure });
    return {
      status: 200,
      headers: { ...eventStreamHeaders, "x-request-id": requestId },
      body: withKeepAlive(encoded, { intervalMs: keepAliveMs, clock, stop }),
    };
  }
}

interface StreamedCall {
  readonly task: AnyTask;
  readonly input: object;
  readonly caller: Awaited<ReturnType<HttpExchange["identify"]>>;
  readonly requestId: string;
  readonly signal: AbortSignal;
  onFailure(error: unknown): void;
}
