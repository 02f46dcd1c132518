export { adapterProblems } from "./adapter-problems.js";
export { createFetchHandler, type FetchHandlerOptions } from "./create-fetch-handler.js";
export { createHttpHandler, type HttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
export { errorReply } from "./error-reply.js";
export type { ExchangeBody, HttpExchange, HttpReply, ReadBody } from "./exchange.js";
export {
  type ApiKeyAuthOptions,
  type ApiKeyRecord,
  apiKeyAuth,
  type FindApiKey,
} from "./identity/api-key-auth.js";
export { type CreatedApiKey, createApiKey } from "./identity/create-api-key.js";
export { firstOf } from "./identity/first-of.js";
export { type HmacAuthOptions, hmacAuth } from "./identity/hmac-auth.js";
export type { Identify, IdentifyContext } from "./identity/identify.js";
export { type MemoryReplayStoreOptions, memoryReplayStore } from "./identity/memory-replay-store.js";
export type { ReplayStore } from "./identity/replay-store.js";
export { clientAddressReader, type RequestOrigin, type TrustedProxies } from "./ip/client-address-reader.js";
export type { IpListSource, IpListStatus } from "./ip/ip-list.js";
export type { IpReputation, IpVerdict } from "./ip/ip-reputation.js";
export {
  type MemoryIpReputation,
  type MemoryIpReputationOptions,
  memoryIpReputation,
} from "./ip/memory-ip-reputation.js";
export {
  type MemoryStreamStore,
  type MemoryStreamStoreOptions,
  memoryStreamStore,
} from "./memory-stream-store.js";
export { type OpenApiDocument, type OpenApiOptions, openApiDocument } from "./openapi/open-api-document.js";
export { requestIdOf } from "./request-id.js";
export type { StoredEvent, StreamReading, StreamStore, StreamWriter, WriteOutcome } from "./stream-store.js";
export type { OnDisconnect } from "./task-streams.js";
export type { StreamFailure, UiMessageChunk } from "./ui-message-chunk.js";
