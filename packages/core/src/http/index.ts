export { createFetchHandler, type FetchHandlerOptions } from "./create-fetch-handler.js";
export { createHttpHandler, type HttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
export { errorReply } from "./error-reply.js";
export type { ExchangeBody, HttpExchange, HttpReply } from "./exchange.js";
export { requestIdOf } from "./request-id.js";
export type { StreamFailure, UiMessageChunk } from "./ui-message-chunk.js";
