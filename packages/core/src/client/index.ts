/**
 * Calls a gateway from a browser, without a framework: a typed client, and observable state for one task or one
 * conversation. No server code comes along.
 *
 * @module
 */
export type { DeepPartial } from "../deep-partial.js";
export type { ErrorCode, InputIssue } from "../errors/error-table.js";
export type {
  DegradedReason,
  OnBreak,
  ReplyMetadata,
  ReplySource,
  TaskReply,
} from "../pipeline/task-call.js";
export type { ChatContext, ChatInput, ChatMessage, ChatOutput } from "../tasks/chat/chat-schema.js";
export type { DebugContext, DebugInput, DebugOutput } from "../tasks/debug/debug-schema.js";
export type {
  OnboardingContext,
  OnboardingInput,
  OnboardingOutput,
} from "../tasks/onboarding/onboarding-schema.js";
export type {
  FilterName,
  IntelligentSearchInput,
  IntelligentSearchOutput,
  QueryPart,
  StructuredQuery,
} from "../tasks/search/intelligent-search-schema.js";
export type {
  Recommendation,
  RecommendationsInput,
  RecommendationsOutput,
} from "../tasks/search/recommendations/recommendations-schema.js";
export type { SearchResult, SnippetHighlight } from "../tasks/search/search-result.js";
export type {
  QueryCorrection,
  SemanticSearchInput,
  SemanticSearchOutput,
} from "../tasks/search/semantic-search-schema.js";
export type {
  WorkflowContext,
  WorkflowInput,
  WorkflowOutput,
  WorkflowStep,
} from "../tasks/workflow/workflow-schema.js";
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
  type ResumeCall,
  type TaskClient,
} from "./create-ai-client.js";
export {
  type ChatThread,
  type ChatThreadMessage,
  type ChatThreadOptions,
  type ChatThreadState,
  createChatThread,
} from "./create-chat-thread.js";
export {
  createTaskRun,
  type RunProgress,
  type TaskRun,
  type TaskRunOptions,
  type TaskRunState,
} from "./create-task-run.js";
export type { RunStorage, TextStore } from "./kept-record.js";
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
