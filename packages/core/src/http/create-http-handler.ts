import { type Clock, systemClock } from "../clock.js";
import type { AnyTask } from "../define-task.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { AiGateway } from "../gateway.js";
import type { KnownValues } from "../mask/known-values.js";
import type { Caller } from "../pipeline/task-call.js";
import type { LimitState } from "../rate-limit/rate-limiter.js";
import { findEndpoint, type StreamEndpoint } from "./endpoints.js";
import { errorReply } from "./error-reply.js";
import type { HttpExchange, HttpReply } from "./exchange.js";
import { callerOf } from "./identity/caller-of.js";
import { jsonReply } from "./json-reply.js";
import { acceptsEventStream } from "./media-type.js";
import { memoryStreamStore } from "./memory-stream-store.js";
import { notPositive } from "./not-positive.js";
import { ownedName } from "./owned-name.js";
import { rateLimitHeaders } from "./rate-limit-headers.js";
import { readInput } from "./read-input.js";
import { reportFailure } from "./report-failure.js";
import { createRequestBody, type RequestBody } from "./request-body.js";
import { requestIdOf } from "./request-id.js";
import type { StreamStore } from "./stream-store.js";
import { type OnDisconnect, resumeStream, startStream, stopStream } from "./task-streams.js";
import { readUiChatRequest } from "./ui-chat-request.js";

/** How requests are answered. */
export interface HttpHandlerOptions {
  /** Largest body, bytes. @default 1_048_576 (1 MiB) */
  readonly maxBodyBytes?: number | undefined;
  /** How long a stream may be silent before a comment keeps it alive, milliseconds. @default 15_000 */
  readonly keepAliveMs?: number | undefined;
  /**
   * What becomes of a stream when the client that started it goes away. `abort`: the call is aborted at once.
   * `continue`: it runs to its end, and the client can come back for what it missed. @default "abort"
   */
  readonly onDisconnect?: OnDisconnect | undefined;
  /**
   * Values that the masker always hides in a caller's calls, such as their name: looked up by your own code, never taken
   * from the request. @default none
   */
  readonly known?:
    | ((caller: Caller | undefined) => KnownValues | undefined | Promise<KnownValues | undefined>)
    | undefined;
  /** Where streams are kept to be resumed and stopped. @default memoryStreamStore() */
  readonly streamStore?: StreamStore | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** Answers one exchange. Never rejects: every failure is a reply. */
export type HttpHandler = (exchange: HttpExchange) => Promise<HttpReply>;

/**
 * Serves a gateway's tasks over HTTP, one endpoint each: `POST /<task name>`. It knows no server: an adapter turns
 * its requests into exchanges. A client that accepts `text/event-stream` gets the reply as it is written, can read on in
 * it after a lost connection (`GET /<task name>/<request id>/stream`) and stop it (`DELETE`).
 *
 * @throws `invalid_config` when an option makes no sense.
 */
export function createHttpHandler(gateway: AiGateway, options: HttpHandlerOptions = {}): HttpHandler {
  const { maxBodyBytes = 1_048_576, keepAliveMs = 15_000, clock = systemClock } = options;
  const { known, onDisconnect = "abort", streamStore: store = memoryStreamStore({ clock }) } = options;
  const problems = [
    ...notPositive({ maxBodyBytes, keepAliveMs }),
    ...(onDisconnect === "abort" || onDisconnect === "continue"
      ? []
      : ['onDisconnect: must be "abort" or "continue"']),
    ...(known === undefined || typeof known === "function" ? [] : ["known: must be a function"]),
    ...(isStreamStore(store) ? [] : ["streamStore: must have the methods open, read and stop"]),
  ];
  if (problems.length > 0) throw invalidConfig("createHttpHandler", problems);
  const streams = { gateway, store, onDisconnect, keepAliveMs, clock };

  return async function handleExchange(exchange) {
    const requestId = requestIdOf(exchange.headers);
    const onFailure = (error: unknown) => reportFailure(gateway.logger, error, requestId);
    try {
      const endpoint = findEndpoint(gateway.tasks, exchange);
      const body = createRequestBody(exchange, maxBodyBytes);
      const caller = await callerOf(exchange, body);
      const request = { exchange, body, caller, requestId, onFailure };
      return await (endpoint.action === "run"
        ? runTask(endpoint.task, request)
        : onStream(endpoint, request));
    } catch (error) {
      onFailure(error);
      return errorReply(error, requestId);
    }
  };

  async function runTask(task: AnyTask, request: IdentifiedRequest): Promise<HttpReply> {
    const { exchange, caller, requestId } = request;
    const { headers, signal } = exchange;
    const sent = await readInput(request.body);
    const uiRequest = task.textField === undefined ? undefined : readUiChatRequest(sent);
    const { input, chatId } = uiRequest ?? { input: sent };
    const masking = {
      conversation: conversationOf(chatId ?? headers["x-ai-conversation"], { caller, task }),
      known: await known?.(caller),
    };
    // useChat reads nothing but a stream, but does not say so in its headers.
    if (uiRequest !== undefined || acceptsEventStream(headers["accept"])) {
      const onBreak = headers["x-ai-on-break"] === "restart" ? "restart" : "terminate";
      return startStream(streams, { ...request, ...masking, task, input, chatId, onBreak, signal });
    }
    let limits: readonly LimitState[] = [];
    const onAdmitted = (told: readonly LimitState[]) => {
      limits = told;
    };
    const reply = await gateway.run(task, input, { ...masking, caller, requestId, signal, onAdmitted });
    return jsonReply(requestId, { status: 200, body: reply, headers: rateLimitHeaders(limits) });
  }

  function onStream(endpoint: StreamEndpoint, request: IdentifiedRequest): Promise<HttpReply> {
    const { headers, signal } = request.exchange;
    const lookup = { ...request, ...endpoint };
    if (endpoint.action === "stop") return stopStream(streams, lookup);
    return resumeStream(streams, { ...lookup, signal, lastEventId: headers["last-event-id"] });
  }
}

/** What the masker knows a client's conversation by: one caller's name for it is never another's. */
const conversationOf = (
  id: string | undefined,
  { caller, task }: { readonly caller: Caller | undefined; readonly task: AnyTask },
) => (id === undefined ? undefined : ownedName({ caller, task: task.name, id }));

function isStreamStore(given: StreamStore): boolean {
  const methods: Partial<StreamStore> = given ?? {};
  return [methods.open, methods.read, methods.stop].every((method) => typeof method === "function");
}

/** A request whose sender is known. */
interface IdentifiedRequest {
  readonly exchange: HttpExchange;
  readonly body: RequestBody;
  readonly caller: Caller | undefined;
  readonly requestId: string;
  onFailure(error: unknown): void;
}
