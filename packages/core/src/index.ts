/**
 * Every AI call a product makes, through one admission pipeline.
 *
 * @module
 */
export type { AuditRecord } from "./audit/audit-record.js";
export type { AuditSink } from "./audit/audit-sink.js";
export { type ConsoleAuditSinkOptions, consoleAuditSink } from "./audit/console-audit-sink.js";
export type { AccessRule } from "./authorize/access-rule.js";
export type { Authorizer } from "./authorize/authorizer.js";
export { taskRuleAuthorizer } from "./authorize/task-rule-authorizer.js";
export type { Budget, BudgetExceeded, BudgetVerdict, Reservation } from "./budget/budget.js";
export { type BudgetAlert, type BudgetCaps, type MemoryBudgetOptions, memoryBudget } from "./budget/memory-budget.js";
export type { ModelPrice } from "./budget/model-price.js";
export { priceOf } from "./budget/price-table.js";
export { type MemoryResponseCacheOptions, memoryResponseCache } from "./cache/memory-response-cache.js";
export type { CachedReply, CacheKey, CacheLookup, CacheStats, ResponseCache } from "./cache/response-cache.js";
export { type Clock, systemClock } from "./clock.js";
export { consoleLogger, type LogLevel } from "./console-logger.js";
export { createAiGateway } from "./create-ai-gateway.js";
export { type AnyTask, defineTask, type Task, type TaskContext, type TaskDefinition } from "./define-task.js";
export { type ErrorCode, type ErrorDetails, type ErrorEntry, errorTable, type InputIssue } from "./errors/error-table.js";
export { type DetailsOf, GatewayError, type GatewayErrorOptions, isGatewayError } from "./errors/gateway-error.js";
export type { AiGateway } from "./gateway.js";
export type {
  AiGatewayOptions,
  BreakerOptions,
  RetryOptions,
  TargetOptions,
  TimeoutOptions,
} from "./gateway-options.js";
export type { GatewayHooks } from "./hooks.js";
