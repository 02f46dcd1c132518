/**
 * Budget, audit, policy and decisions of a gateway in PostgreSQL: shared by every process, on a pool that you give.
 *
 * @module
 */
export { type PostgresAuditSinkOptions, postgresAuditSink } from "./audit/postgres-audit-sink.js";
export { type VerifyAuditTableOptions, verifyAuditTable } from "./audit/verify-audit-table.js";
export {
  type PostgresBudget,
  type PostgresBudgetOptions,
  postgresBudget,
} from "./budget/postgres-budget.js";
export type { PostgresOptions } from "./database.js";
export {
  type PostgresDecisionStore,
  type PostgresDecisionStoreOptions,
  postgresDecisionStore,
} from "./decision/postgres-decision-store.js";
export { type MigrateOptions, migrate } from "./migrate.js";
export { type PostgresPolicyStore, postgresPolicyStore } from "./policy/postgres-policy-store.js";
export type { PostgresClient, PostgresNotification, PostgresPool } from "./postgres-pool.js";
