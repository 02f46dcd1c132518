import { type AuditChain, invalidConfig, isGatewayError } from "@levqor/core";
import type { ReplayStore, StreamStore } from "@levqor/core/http";
import { type GatewayFromEnvOptions, hmacAuditChain } from "@levqor/core/node";
import {
  migrate,
  postgresAuditSink,
  postgresBudget,
  postgresDecisionStore,
  postgresPolicyStore,
} from "@levqor/postgres";
import {
  redisBudget,
  redisPolicyStore,
  redisRateLimiter,
  redisReplayStore,
  redisResponseCache,
  redisStreamStore,
} from "@levqor/redis";
import { Redis } from "ioredis";
import { Pool } from "pg";
import type { ServerConfig } from "./server-config.js";

/** What several servers share. What is absent stays in the memory of each. */
export interface SharedStores {
  /** For the gateway. */
  readonly options: Pick<
    GatewayFromEnvOptions,
    "rateLimiter" | "budget" | "cache" | "policy" | "decisionStore" | "auditSink"
  >;
  /** Streams that any server resumes and stops. */
  readonly streamStore?: StreamStore | undefined;
  /** Ids of signed requests: what one server admitted, no other one does. */
  readonly replayStore?: ReplayStore | undefined;
  /** @throws `invalid_config` when PostgreSQL can't be used. */
  prepare(): Promise<void>;
  /** Disconnects. Comes after the gateway's `close`, which writes what waits. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The stores of `REDIS_URL` and `DATABASE_URL`. Redis has what every call asks, PostgreSQL what must be kept; budget and
 * policy are in the one that is there. A policy file comes before both, an audit file before the audit table.
 *
 * @throws `invalid_config` for keys of the audit that can't be used.
 */
export function sharedStores(
  { redisUrl, databaseUrl }: Pick<ServerConfig, "redisUrl" | "databaseUrl">,
  env: Environment,
): SharedStores {
  const chain = databaseUrl === undefined ? undefined : auditChain(env);
  const redis = redisUrl === undefined ? undefined : onRedis(redisUrl);
  const postgres = databaseUrl === undefined ? undefined : onPostgres(databaseUrl, chain);
  const hasPolicyFile = isSet(env["AI_POLICY_FILE"]);
  return {
    options: {
      ...redis?.options,
      ...postgres?.options,
      policy: hasPolicyFile ? undefined : (redis?.options.policy ?? postgres?.options.policy),
    },
    streamStore: redis?.streamStore,
    replayStore: redis?.replayStore,
    prepare: async () => postgres?.prepare(),
    async close() {
      redis?.close();
      await postgres?.close();
    },
  };
}

function onRedis(url: string) {
  const client = new Redis(url);
  client.on("error", () => {}); // the gateway's log names a store that does not answer
  return {
    options: {
      rateLimiter: (limits) => redisRateLimiter({ client, ...limits }),
      budget: (caps) => redisBudget({ client, ...caps }),
      cache: redisResponseCache({ client }),
      policy: { source: redisPolicyStore({ client }) },
    } satisfies SharedStores["options"],
    streamStore: redisStreamStore({ client }),
    replayStore: redisReplayStore({ client }),
    close: () => client.disconnect(),
  };
}

function onPostgres(connectionString: string, chain: AuditChain | undefined) {
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 5_000 });
  return {
    options: {
      budget: (caps) => postgresBudget({ pool, ...caps }),
      decisionStore: postgresDecisionStore({ pool }),
      policy: { source: postgresPolicyStore({ pool }) },
      ...(chain === undefined ? {} : { auditSink: postgresAuditSink({ pool, chain }) }),
    } satisfies SharedStores["options"],
    async prepare() {
      await migrate(pool).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : "no reason given";
        throw invalidConfig("Tables", [`DATABASE_URL: the tables can't be made there: ${reason}`]);
      });
    },
    close: () => pool.end(),
  };
}

/** What chains the audit table; nothing without a key, and when a file has the audit. */
function auditChain(env: Environment): AuditChain | undefined {
  const { AI_AUDIT_KEY: key, AI_AUDIT_FILE: file, AI_AUDIT_SIGNING_KEY: signingKey } = env;
  if (!isSet(key) || isSet(file)) return undefined;
  try {
    return hmacAuditChain({
      key,
      ...(isSet(signingKey) ? { signingKey: signingKey.replaceAll("\\n", "\n") } : {}),
    });
  } catch (error) {
    if (!isGatewayError(error, "invalid_config")) throw error;
    const problems = error.details.problems.map(
      (problem) => `AI_AUDIT_KEY, AI_AUDIT_SIGNING_KEY: ${problem}`,
    );
    throw invalidConfig("Audit", problems);
  }
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== "";
