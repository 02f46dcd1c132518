/**
 * For stores of one's own: what turns options into limits and caps, and records into a chain, so that every store keeps
 * the same promises (their contracts are in `@levqor/core/testing`).
 *
 * @module
 */
export { emptyChain } from "../audit/audit-chain.js";
export { type AuditDraft, auditDraft } from "../audit/audit-draft.js";
export { type AuditHead, readHead, sealHead } from "../audit/audit-head.js";
export { canonicalJson } from "../audit/canonical-json.js";
export { type ChainState, newChainState } from "../audit/chain-state.js";
export { type LinkedEntry, linkCheckpoint, linkEntry } from "../audit/link-entry.js";
export { stateAfter } from "../audit/state-after.js";
export { accountsOf, type BudgetAccount } from "../budget/budget-account.js";
export {
  type Cap,
  limitOf,
  type ResolvedBudgetOptions,
  resolveBudgetOptions,
} from "../budget/budget-options.js";
export { type BudgetWindow, type FindWindow, resetsAtMs, type WindowKind } from "../budget/budget-window.js";
export { type SingleFlight, singleFlight } from "../cache/single-flight.js";
export { type RateLimitDimension, rateLimitKey } from "../rate-limit/rate-limit-key.js";
export {
  type ResolvedLimit,
  type ResolvedRateLimits,
  resolveRateLimits,
} from "../rate-limit/rate-limit-options.js";
