import { type AiGateway, GatewayError, invalidConfig, systemClock } from "@levqor/core";
import { createHttpHandler, type HttpHandlerOptions, type Identify } from "@levqor/core/http";
import { type Request, type Response, Router } from "express";
import { sendReply } from "./send-reply.js";
import { toExchange } from "./to-exchange.js";

/** How the gateway is mounted. */
export interface AiRouterOptions extends HttpHandlerOptions {
  /**
   * Tells who asks: `jwtAuth`, `hmacAuth`, `apiKeyAuth`, several of them with `firstOf`, or a function of yours that
   * reads the application's own session; never from the body. Nothing means an anonymous visitor. Throw a `GatewayError("unauthenticated", …)` to refuse. Without an `ip` the
   * caller gets `request.ip`, so set Express's `trust proxy` to the proxies that you really have.
   */
  readonly identify: Identify<Request>;
  /** How long a client may leave a full buffer unread before it is cut off, milliseconds. @default 30_000 */
  readonly stallMs?: number | undefined;
}

/**
 * A router with an endpoint for each task of the gateway, `POST <mount path>/<task name>`, and below it those that resume
 * and stop its streams (`GET` and `DELETE`). It answers everything below its mount path, so give it one of its own. Best
 * mounted before `express.json()`: then its own body limit holds.
 *
 * @throws `invalid_config` when `identify` is missing.
 * @example
 * app.use("/api/ai", createAiRouter(gateway, {
 *   identify: (request) => ({ userId: request.session.userId, tenantId: request.session.tenantId }),
 * }));
 */
export function createAiRouter(gateway: AiGateway, options: AiRouterOptions): Router {
  const { identify, stallMs = 30_000, clock = systemClock } = options ?? {};
  if (typeof identify !== "function") throw invalidConfig("createAiRouter", [missingIdentify]);
  const handle = createHttpHandler(gateway, options);
  const answer = async (request: Request, response: Response) => {
    const signal = closedSignal(response);
    const reply = await handle(toExchange(request, { identify, signal }));
    await sendReply(response, reply, { clock, stallMs });
  };
  let checkedProxy = false;
  const router = Router();
  router.use((request, response, next) => {
    if (!checkedProxy) warnOfForgeableAddress(gateway, request);
    checkedProxy = true;
    answer(request, response).catch(next);
  });
  return router;
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

function warnOfForgeableAddress(gateway: AiGateway, request: Request): void {
  if (request.app.get("trust proxy") !== true) return;
  const message =
    'Express\'s "trust proxy" is true: anyone can choose their address with X-Forwarded-For and walk around limits ' +
    "by address. Set it to the number of your proxies.";
  gateway.logger.warn({}, message);
}

const missingIdentify =
  "identify: give a function that returns the caller of a request (userId, tenantId, roles) from your own " +
  "authentication, or `() => undefined` when everyone is an anonymous visitor";
