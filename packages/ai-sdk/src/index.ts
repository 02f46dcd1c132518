/**
 * The gateway and the AI SDK: any AI SDK model as a provider of the gateway, and the gateway as an AI SDK model.
 *
 * @module
 */
export type {
  GatewayModel,
  GatewayModelFinish,
  GatewayModelFormat,
  GatewayModelMessage,
  GatewayModelMetadata,
  GatewayModelOptions,
  GatewayModelPart,
  GatewayModelResult,
  GatewayModelStreamPart,
  GatewayModelTool,
  GatewayModelToolCall,
  GatewayModelToolOutput,
  GatewayModelUsage,
  GatewayModelWarning,
} from "./model/gateway-model.js";
export {
  type ModelCall,
  type ModelSource,
  type WithModelsOptions,
  withModels,
} from "./model/with-models.js";
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
  AiSdkStreamResult,
  AiSdkTokens,
  AiSdkTool,
  AiSdkToolCallPart,
  AiSdkToolResultPart,
  AiSdkUsage,
  Json,
} from "./provider/ai-sdk-model.js";
export { type AiSdkProviderSettings, aiSdkProvider } from "./provider/ai-sdk-provider.js";
