/**
 * What needs Node itself: the gateway from environment variables, and an audit file.
 *
 * @module
 */
export { type GatewayFromEnvOptions, gatewayFromEnv } from "./gateway-from-env.js";
export { type NdjsonAuditSinkOptions, ndjsonAuditSink } from "./ndjson-audit-sink.js";
