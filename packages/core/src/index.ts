/**
 * Every AI call a product makes, through one admission pipeline.
 *
 * @module
 */
export type { AuditChain, AuditCheckpoint, AuditGap, ChainFields, ChainHead } from "./audit/audit-chain.js";
export type { AuditFlag, AuditRecord } from "./audit/audit-record.js";
export type { AuditSink } from "./audit/audit-sink.js";
export type {
  AuditProblem,
  AuditProblemKind,
  AuditVerification,
  LinePlace,
  RecordedGap,
} from "./audit/audit-verification.js";
export { type ConsoleAuditSinkOptions, consoleAuditSink } from "./audit/console-audit-sink.js";
export { memorySubjectKeys } from "./audit/memory-subject-keys.js";
export type { AuditSubject, SubjectKeys } from "./audit/subject-keys.js";
export type { AccessRule } from "./authorize/access-rule.js";
export type { Authorizer } from "./authorize/authorizer.js";
export { taskRuleAuthorizer } from "./authorize/task-rule-authorizer.js";
export type {
  Budget,
  BudgetBalance,
  BudgetExceeded,
  BudgetVerdict,
  OnExceeded,
  Reservation,
} from "./budget/budget.js";
export type {
  BudgetAlert,
  BudgetCapOptions,
  BudgetCaps,
  BudgetOptions,
  BudgetScope,
} from "./budget/budget-options.js";
export {
  type BudgetUsage,
  type MemoryBudget,
  type MemoryBudgetOptions,
  memoryBudget,
} from "./budget/memory-budget.js";
export type { ModelPrice, PriceTier } from "./budget/model-price.js";
export { pricesAsOf } from "./budget/price-data.js";
export { priceOf } from "./budget/price-table.js";
export { type MemoryResponseCacheOptions, memoryResponseCache } from "./cache/memory-response-cache.js";
export type {
  CachedReply,
  CacheKey,
  CacheLookup,
  CacheStats,
  LookupOptions,
  ResponseCache,
} from "./cache/response-cache.js";
export { type SemanticResponseCacheOptions, semanticResponseCache } from "./cache/semantic-response-cache.js";
export { type Clock, systemClock } from "./clock.js";
export { consoleLogger, type LogLevel } from "./console-logger.js";
export { createAiGateway } from "./create-ai-gateway.js";
export type { DecisionStore } from "./decision/decision-store.js";
export {
  type MemoryDecisionStore,
  type MemoryDecisionStoreOptions,
  memoryDecisionStore,
} from "./decision/memory-decision-store.js";
export type { DeepPartial } from "./deep-partial.js";
export {
  type AnyTask,
  defineTask,
  type LocalContext,
  type ModelReading,
  type PromptContext,
  type Task,
  type TaskContext,
  type TaskDefinition,
} from "./define-task.js";
export {
  type ErrorCode,
  type ErrorDetails,
  type ErrorEntry,
  errorTable,
  type InputIssue,
} from "./errors/error-table.js";
export {
  type DetailsOf,
  GatewayError,
  type GatewayErrorOptions,
  isGatewayError,
} from "./errors/gateway-error.js";
export { invalidConfig } from "./errors/invalid-config.js";
export type {
  AiGateway,
  BuiltInTaskSet,
  GatewayPolicy,
  GatewayTarget,
  RefusedRequest,
} from "./gateway.js";
export type {
  AiGatewayOptions,
  BreakerOptions,
  PolicyOptions,
  RetryOptions,
  StoreFailureOptions,
  TargetOptions,
  TimeoutOptions,
  Unpriced,
} from "./gateway-options.js";
export type { GatewayHooks } from "./hooks.js";
export type { KillSwitch, SwitchState, WhenOff } from "./kill-switch/kill-switch.js";
export { type StaticKillSwitch, staticKillSwitch } from "./kill-switch/static-kill-switch.js";
export type { Switch, Switches } from "./kill-switch/switches.js";
export type { Logger } from "./logger.js";
export type { AsyncDetector, AsyncFinding } from "./mask/async-detectors.js";
export type { CustomPattern } from "./mask/custom-pattern.js";
export type { Reason } from "./mask/detectors/detector.js";
export type { Finding } from "./mask/finding.js";
export type { KnownValues } from "./mask/known-values.js";
export { type MaskType, maskTypes } from "./mask/mask-type.js";
export type { MaskContext, Masked, Masker, StreamRestorer } from "./mask/masker.js";
export { type PatternMasker, type PatternMaskerOptions, patternMasker } from "./mask/pattern-masker.js";
export type { OutputFinding, OutputGuard, OutputReason } from "./output/guard/output-guard.js";
export {
  type DetectValues,
  type PatternOutputGuardOptions,
  patternOutputGuard,
} from "./output/guard/pattern-output-guard.js";
export type { Misfit, OutputReader, OutputReading, RawReply } from "./output/output-reader.js";
export { schemaOutputReader } from "./output/schema-output-reader.js";
export type {
  Attempt,
  BudgetDecision,
  CallOutcome,
  DecisionRecord,
  LimitDecision,
  UnavailableStore,
} from "./pipeline/decision-record.js";
export { type StepName, stepNames } from "./pipeline/step-name.js";
export type {
  Caller,
  DegradedReason,
  OnBreak,
  ReplyMetadata,
  ReplyPart,
  ReplySource,
  TaskCall,
  TaskEvent,
  TaskReply,
} from "./pipeline/task-call.js";
export { memoryPolicyStore } from "./policy/memory-policy-store.js";
export type { FlagRule, FlagValue, PolicyDocument } from "./policy/policy-document.js";
export type { PolicyStatus } from "./policy/policy-in-force.js";
export type { PolicySource, PolicyStore } from "./policy/policy-source.js";
export type { PolicyMode } from "./policy-mode.js";
export { type ApiKeyCheck, apiKeyProblem } from "./provider/api-key-problem.js";
export type {
  Conversation,
  EmbeddingReply,
  EmbeddingRequest,
  FinishReason,
  JsonSchema,
  Message,
  Prompt,
  Provider,
  ProviderEvent,
  ProviderRequest,
  ResponseFormat,
  TextOrToolEvent,
  ToolCall,
  ToolCallMessage,
  ToolChoice,
  ToolDefinition,
  ToolResultMessage,
  Usage,
} from "./provider/provider.js";
export { type ProviderHttpFailure, providerHttpError } from "./provider/provider-http-error.js";
export { providerSdkError, type SdkError, type SdkErrorReading } from "./provider/provider-sdk-error.js";
export { refuseWebPage } from "./provider/refuse-web-page.js";
export { statusOfVendorCode } from "./provider/status-of-vendor-code.js";
export { toolInput } from "./provider/tool-input.js";
export {
  type MemoryRateLimiter,
  type MemoryRateLimiterOptions,
  memoryRateLimiter,
} from "./rate-limit/memory-rate-limiter.js";
export type { Limit, RateLimitOptions } from "./rate-limit/rate-limit-options.js";
export type {
  LimitKind,
  LimitState,
  RateLimiter,
  RateLimitRefusal,
  RateLimitVerdict,
  RatePermit,
} from "./rate-limit/rate-limiter.js";
export type {
  AttemptReport,
  PlannedAttempt,
  RoutedCall,
  RoutePart,
  RouteRequest,
  RouteResult,
  Router,
  RouteTarget,
  ShowPart,
} from "./route/router.js";
export type { Route, Routes, WeightedChoice } from "./route/routes.js";
export { controlCharacterSanitizer } from "./sanitize/control-character-sanitizer.js";
export { detectInjection, type InjectionVerdict } from "./sanitize/injection/detect-injection.js";
export type { InjectionReason } from "./sanitize/injection/injection-signals.js";
export type { Sanitized, SanitizeRules, Sanitizer } from "./sanitize/sanitizer.js";
export type { ChatContext, ChatInput, ChatMessage, ChatOutput } from "./tasks/chat/chat-schema.js";
export { type ChatTaskOptions, chatTask } from "./tasks/chat/chat-task.js";
export type { KnowledgeDocument } from "./tasks/chat/knowledge-document.js";
export {
  knowledgeFromMarkdown,
  type MarkdownKnowledgeOptions,
} from "./tasks/chat/knowledge-from-markdown.js";
export type { PageHint } from "./tasks/chat/page-hint.js";
export type { ConversationOutput } from "./tasks/conversation/conversation-schema.js";
export {
  type ConversationTask,
  conversationTask,
  type GoverningTask,
} from "./tasks/conversation/conversation-task.js";
export type { DebugRule } from "./tasks/debug/debug-rule.js";
export type { DebugContext, DebugInput, DebugOutput } from "./tasks/debug/debug-schema.js";
export { type DebugTaskOptions, debugTask } from "./tasks/debug/debug-task.js";
export { defineStages } from "./tasks/onboarding/define-stages.js";
export type {
  OnboardingContext,
  OnboardingInput,
  OnboardingOutput,
} from "./tasks/onboarding/onboarding-schema.js";
export type {
  ChecklistItem,
  OnboardingFlag,
  OnboardingStage,
  OnboardingStages,
} from "./tasks/onboarding/onboarding-stage.js";
export { type OnboardingTaskOptions, onboardingTask } from "./tasks/onboarding/onboarding-task.js";
export type { SearchVocabulary } from "./tasks/search/filters/known-values.js";
export type {
  FilterName,
  IntelligentSearchInput,
  IntelligentSearchOutput,
  QueryPart,
  StructuredQuery,
} from "./tasks/search/intelligent-search-schema.js";
export {
  type IntelligentSearchTaskOptions,
  intelligentSearchTask,
} from "./tasks/search/intelligent-search-task.js";
export type { ItemIndex } from "./tasks/search/item-index.js";
export type { ItemUse, ItemUses } from "./tasks/search/recommendations/item-use.js";
export type {
  Recommendation,
  RecommendationsInput,
  RecommendationsOutput,
} from "./tasks/search/recommendations/recommendations-schema.js";
export {
  type RecommendationsTaskOptions,
  recommendationsTask,
} from "./tasks/search/recommendations/recommendations-task.js";
export type { SearchItem } from "./tasks/search/search-item.js";
export type { SearchResult, SnippetHighlight } from "./tasks/search/search-result.js";
export type {
  QueryCorrection,
  SemanticSearchInput,
  SemanticSearchOutput,
} from "./tasks/search/semantic-search-schema.js";
export { type SemanticSearchTaskOptions, semanticSearchTask } from "./tasks/search/semantic-search-task.js";
export type { ServiceCategory } from "./tasks/services/service.js";
export type { ServiceDefinition } from "./tasks/services/service-definition.js";
export type {
  WorkflowContext,
  WorkflowInput,
  WorkflowOutput,
  WorkflowStep,
} from "./tasks/workflow/workflow-schema.js";
export { type WorkflowTaskOptions, workflowTask } from "./tasks/workflow/workflow-task.js";
export type { TelemetryOptions } from "./telemetry/open-telemetry.js";
