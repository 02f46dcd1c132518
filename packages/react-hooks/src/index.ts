"use client";

/**
 * React hooks for the tasks of a Levqor AI gateway.
 *
 * @module
 */
export { AiProvider, type AiProviderProps } from "./ai-provider.js";
export type {
  ErrorView,
  IdleView,
  LoadingView,
  StoppedView,
  SuccessView,
  TaskView,
} from "./task-view.js";
export { type UseAiChat, type UseAiChatOptions, useAiChat } from "./use-ai-chat.js";
export { useAiClient } from "./use-ai-client.js";
export { type UseAiSearchOptions, useAiSearch } from "./use-ai-search.js";
export { useDebugAssistant } from "./use-debug-assistant.js";
export { useOnboarding } from "./use-onboarding.js";
export { useRecommendations } from "./use-recommendations.js";
export {
  type TaskActions,
  type UseBuiltInTask,
  type UseTask,
  type UseTaskOptions,
  useTask,
} from "./use-task.js";
export { useWorkflowBuilder } from "./use-workflow-builder.js";
