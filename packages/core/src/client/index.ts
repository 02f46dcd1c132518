export {
  type ClientError,
  type ClientErrorCode,
  type ClientErrorFields,
  createClientError,
  isClientError,
  unavailableMessage,
} from "./client-error.js";
export {
  type AiClient,
  type AiClientOptions,
  type ClientCall,
  createAiClient,
  type RequestHeaders,
  type TaskClient,
} from "./create-ai-client.js";
export {
  type ChatThread,
  type ChatThreadMessage,
  type ChatThreadState,
  createChatThread,
} from "./create-chat-thread.js";
export { createTaskRun, type TaskRun, type TaskRunState } from "./create-task-run.js";
export type { Observable } from "./store.js";
export type { StreamEvent } from "./stream-event.js";
export type {
  BuiltInTaskName,
  BuiltInTasks,
  TaskName,
  TaskTypes,
  TypesOfName,
  TypesOfTask,
  UnknownTask,
} from "./task-types.js";
