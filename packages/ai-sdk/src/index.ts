/**
 * The gateway and the AI SDK: any AI SDK model as a provider of the gateway, and the gateway as an AI SDK model.
 *
 * @module
 */
export type {
  AiSdkCallOptions,
  AiSdkContent,
  AiSdkEmbeddingModel,
  AiSdkFinishReason,
  AiSdkGenerateResult,
  AiSdkLanguageModel,
  AiSdkMessage,
  AiSdkProviderOptions,
  AiSdkStreamPart,
  AiSdkTokens,
  AiSdkTool,
  AiSdkToolCallPart,
  AiSdkToolResultPart,
  AiSdkUsage,
  Json,
} from "./provider/ai-sdk-model.js";
export { type AiSdkProviderSettings, aiSdkProvider } from "./provider/ai-sdk-provider.js";
