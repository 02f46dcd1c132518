/**
 * What needs Node itself: the gateway from environment variables, and an audit file that can be verified.
 *
 * @module
 */
export { auditDigest } from "./audit/audit-digest.js";
export type { AuditRotation } from "./audit/audit-file.js";
export { type FileSubjectKeysOptions, fileSubjectKeys } from "./audit/file-subject-keys.js";
export { type HmacAuditChainOptions, hmacAuditChain } from "./audit/hmac-audit-chain.js";
export {
  type PseudonymousAuditSink,
  type PseudonymousAuditSinkOptions,
  pseudonymousAuditSink,
} from "./audit/pseudonymous-audit-sink.js";
export { type RetryTimer, retryTimer } from "./audit/retry-timer.js";
export {
  type SpooledAuditSink,
  type SpooledAuditSinkOptions,
  type SpoolStats,
  spooledAuditSink,
} from "./audit/spooled-audit-sink.js";
export { type TenantAuditSinkOptions, tenantAuditSink } from "./audit/tenant-audit-sink.js";
export { type VerifyAuditOptions, verifyAudit } from "./audit/verify-audit.js";
export { filePolicySource } from "./file-policy-source.js";
export { type GatewayFromEnvOptions, gatewayFromEnv } from "./gateway-from-env.js";
export { type NdjsonAuditSinkOptions, ndjsonAuditSink } from "./ndjson-audit-sink.js";
export { unrefClock } from "./unref-clock.js";
