import { type AiGateway, GatewayError, invalidConfig, systemClock } from "@levqor/core";
import {
  adapterProblems,
  createHttpHandler,
  errorReply,
  type HttpHandlerOptions,
  type HttpReply,
  type Identify,
  requestIdOf,
  type TrustedProxies,
} from "@levqor/core/http";
import { type Request, type Response, Router } from "express";
import { isAddressForgeable, requestAddressReader } from "./client-address.js";
import { sendReply } from "./send-reply.js";
import { toExchange } from "./to-exchange.js";

/** How the gateway is mounted. */
export interface AiRouterOptions extends HttpHandlerOptions {
  /**
   * Tells who asks: `jwtAuth`, `hmacAuth`, `apiKeyAuth`, several of them with `firstOf`, or a function of yours that
   * reads the application's own session; never from the body. Nothing means an anonymous visitor. Throw a
   * `GatewayError("unauthenticated", …)` to refuse. Without an `ip` the caller gets the client's address (see
   * `trustedProxies`).
   */
  readonly identify: Identify<Request>;
  /**
   * The proxies in front of the server, whose `X-Forwarded-For` tells the client's address.
   *
   * @default Express's own `trust proxy`; where that trusts everybody, each request is answered with `invalid_config`
   */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** How long a client may leave a full buffer unread before it is cut off, milliseconds. @default 30_000 */
  readonly stallMs?: number | undefined;
}

/**
 * A router with an endpoint for each task of the gateway, `POST <mount path>/<task name>`, and below it those that
 * resume and stop its streams (`GET` and `DELETE`). It answers everything below its mount path, so give it one of its
 * own. Best mounted before `express.json()`: then its own body limit holds, and signatures can be checked.
 *
 * @throws `invalid_config` when `identify` is missing or an option makes no sense.
 * @example
 * app.use("/api/ai", createAiRouter(gateway, {
 *   identify: (request) => ({ userId: request.session.userId, tenantId: request.session.tenantId }),
 * }));
 */
export function createAiRouter(gateway: AiGateway, options: AiRouterOptions): Router {
  const { identify, stallMs = 30_000, trustedProxies, ...handlerOptions } = options ?? {};
  const { clock = systemClock } = handlerOptions;
  const problems = adapterProblems({ identify, stallMs });
  if (problems.length > 0) throw invalidConfig("createAiRouter", problems);
  const addressOf = requestAddressReader(trustedProxies);
  const handle = createHttpHandler(gateway, handlerOptions);
  const answer = async (request: Request, response: Response) => {
    const signal = closedSignal(response);
    const reply = isAddressForgeable(request, trustedProxies)
      ? refuseForgeable(gateway, request)
      : await handle(toExchange(request, { identify, ip: addressOf(request), signal }));
    await sendReply(response, reply, { clock, stallMs });
  };
  const router = Router();
  router.use((request, response, next) => void answer(request, response).catch(next));
  return router;
}

/** The router can't see the application's settings before the first request, so a wrong one is told then, each time. */
function refuseForgeable(gateway: AiGateway, request: Request): HttpReply {
  const requestId = requestIdOf({ "x-request-id": request.get("x-request-id") });
  const error = invalidConfig("createAiRouter", [forgeableAddress]);
  gateway.logger.error({ request_id: requestId, code: error.code }, error.message);
  return errorReply(error, requestId);
}

/** Aborts when the connection closes before the whole reply was sent. */
function closedSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  const onClose = () => {
    if (response.writableFinished) return;
    controller.abort(new GatewayError("aborted", "The client closed the connection."));
  };
  if (response.destroyed)
    onClose(); // it left while middleware before this router worked
  else response.once("close", onClose);
  return controller.signal;
}

const forgeableAddress =
  "trust proxy: Express trusts every proxy, so anyone can choose their address with X-Forwarded-For and walk around " +
  "limits by address; set it, or `trustedProxies` here, to the number of your proxies";
