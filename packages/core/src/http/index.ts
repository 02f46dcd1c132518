export { createFetchHandler, type FetchHandlerOptions } from "./create-fetch-handler.js";
export { createHttpHandler, type HttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
export { errorReply } from "./error-reply.js";
export type { ExchangeBody, HttpExchange, HttpReply } from "./exchange.js";
export type { Identify, IdentifyContext } from "./identity/identify.js";
export { type MemoryReplayStoreOptions, memoryReplayStore } from "./memory-replay-store.js";
export {
  type MemoryStreamStore,
  type MemoryStreamStoreOptions,
  memoryStreamStore,
} from "./memory-stream-store.js";
export type { ReplayStore } from "./replay-store.js";
export { requestIdOf } from "./request-id.js";
export type { StoredEvent, StreamReading, StreamStore, StreamWriter, WriteOutcome } from "./stream-store.js";
export type { OnDisconnect } from "./task-streams.js";
export type { StreamFailure, UiMessageChunk } from "./ui-message-chunk.js";
