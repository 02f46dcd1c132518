export { type AiErrorHandlerOptions, createAiErrorHandler } from "./create-ai-error-handler.js";
export { type AiRouterOptions, createAiRouter } from "./create-ai-router.js";
