/**
 * For tests of applications and of implementations: a scripted provider, one that fails as planned, recordings of real
 * ones, a manual clock, an audit sink that keeps its records, and the contract cases of every interface.
 *
 * @module
 */
export { auditSinkContract } from "../audit/audit-sink-contract.js";
export { type CreateSubjectKeys, subjectKeysContract } from "../audit/subject-keys-contract.js";
export { authorizerContract } from "../authorize/authorizer-contract.js";
export { budgetContract } from "../budget/budget-contract.js";
export { responseCacheContract } from "../cache/response-cache-contract.js";
export { decisionStoreContract } from "../decision/decision-store-contract.js";
export { type CreateReplayStore, replayStoreContract } from "../http/identity/replay-store-contract.js";
export { type CreateIpReputation, ipReputationContract } from "../http/ip/ip-reputation-contract.js";
export { type CreateStreamStore, streamStoreContract } from "../http/stream-store-contract.js";
export { killSwitchContract } from "../kill-switch/kill-switch-contract.js";
export { maskerContract } from "../mask/masker-contract.js";
export { outputGuardContract } from "../output/guard/output-guard-contract.js";
export { outputReaderContract } from "../output/output-reader-contract.js";
export { policyStoreContract } from "../policy/policy-store-contract.js";
export {
  type CreateProvider,
  type ProviderScenario,
  providerContract,
  type ScenarioToolCall,
} from "../provider/provider-contract.js";
export { providerEmbeddingContract } from "../provider/provider-embedding-contract.js";
export { rateLimiterContract } from "../rate-limit/rate-limiter-contract.js";
export { type CreateRouter, routerContract } from "../route/router-contract.js";
export { sanitizerContract } from "../sanitize/sanitizer-contract.js";
export { type CreateEmbedder, embedderContract } from "../search/embedder-contract.js";
export type { CreateBudget } from "./budget-subject.js";
export type { Cassette, ProviderErrorCode, Recording, RecordingEnd } from "./cassette.js";
export type { ChaosPlan, Fault, FaultTime, Interruption, PlannedFault } from "./chaos-plan.js";
export { type ChaosCall, type ChaosOptions, type ChaosProvider, chaosProvider } from "./chaos-provider.js";
export type { ContractCase } from "./contract-case.js";
export {
  type FakeProvider,
  type FakeProviderOptions,
  type FakeReply,
  fakeProvider,
} from "./fake-provider.js";
export { localContext } from "./local-context.js";
export { type ManualClock, manualClock } from "./manual-clock.js";
export { type MemoryAuditSink, memoryAuditSink } from "./memory-audit-sink.js";
export type { CreateRateLimiter } from "./rate-limit-subject.js";
export { type RecordOptions, recordProvider } from "./record-provider.js";
export { type ReplayOptions, replayProvider } from "./replay-provider.js";
export { type ScriptedClient, type ScriptedRun, scriptedClient } from "./scripted-client.js";
export { type GatewayScript, type ScriptedCall, scriptedGateway, scriptedReply } from "./scripted-gateway.js";
