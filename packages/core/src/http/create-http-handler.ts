import { type Clock, systemClock } from "../clock.js";
import { isGatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { AiGateway } from "../gateway.js";
import type { KnownValues } from "../mask/known-values.js";
import type { Caller } from "../pipeline/task-call.js";
import { unfailingLogger } from "../unfailing-logger.js";
import { errorReply, publicFailure } from "./error-reply.js";
import type { HttpExchange, HttpReply } from "./exchange.js";
import { httpHandlerProblems } from "./http-handler-problems.js";
import { addressGuard } from "./ip/address-guard.js";
import type { IpReputation } from "./ip/ip-reputation.js";
import { memoryStreamStore } from "./memory-stream-store.js";
import { openRequest } from "./open-request.js";
import type { OpenApiOptions } from "./openapi/open-api-document.js";
import { openApiReply } from "./openapi/open-api-reply.js";
import { reportFailure } from "./report-failure.js";
import { requestIdOf } from "./request-id.js";
import type { StreamStore } from "./stream-store.js";
import type { OnDisconnect } from "./task-streams.js";

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
  /**
   * Knows which addresses are not answered; asked before anything else of a request, where its address is known. One that
   * fails lets requests through. @default everybody is answered
   */
  readonly ipReputation?: IpReputation | undefined;
  /**
   * What the OpenAPI document at `GET /openapi.json` says about the product; `false`: there is none. It is for everybody whom
   * `identify` does not refuse.
   *
   * @default {}
   */
  readonly openApi?: OpenApiOptions | false | undefined;
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
 * @throws `invalid_config` when an option makes no sense, or is unknown.
 */
export function createHttpHandler(gateway: AiGateway, options: HttpHandlerOptions = {}): HttpHandler {
  const problems = httpHandlerProblems(options);
  if (problems.length > 0) throw invalidConfig("createHttpHandler", problems);
  const { maxBodyBytes = 1_048_576, keepAliveMs = 15_000, clock = systemClock } = options;
  const { openApi = {}, known, ipReputation, onDisconnect = "abort" } = options;
  const { streamStore: store = memoryStreamStore({ clock }) } = options;
  const logger = unfailingLogger(gateway.logger);
  const guard = addressGuard(ipReputation, logger);
  const streams = { gateway, logger, store, onDisconnect, keepAliveMs, clock };
  const isDescribed = openApi !== false;
  const describe = openApiReply(Object.values(gateway.tasks), openApi || {});
  const settings = { gateway, logger, guard, streams, maxBodyBytes, known, isDescribed, describe };

  return async function handleExchange(exchange) {
    const requestId = requestIdOf(exchange.headers);
    const onFailure = (error: unknown) => {
      reportFailure(logger, error, requestId);
      if (!isSharedLimit(error)) guard.note(exchange.ip, publicFailure(error).code);
    };
    try {
      const answer = await openRequest(settings, { exchange, requestId, onFailure });
      return await answer();
    } catch (error) {
      onFailure(error);
      return errorReply(error, requestId);
    }
  };
}

/** It may be others who have used up such a limit; nobody is banned for what others do. */
const isSharedLimit = (error: unknown): boolean =>
  isGatewayError(error, "rate_limited") && ["tenant", "task"].includes(error.details.dimension);
