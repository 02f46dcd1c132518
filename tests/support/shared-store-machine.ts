import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AiGatewayOptions,
  type BudgetOptions,
  createAiGateway,
  defineTask,
  type Provider,
  type RateLimitOptions,
} from "@levqor/core";
import { hmacAuditChain, spooledAuditSink } from "@levqor/core/node";
import { fakeProvider } from "@levqor/core/testing";
import {
  postgresAuditSink,
  postgresBudget,
  postgresDecisionStore,
  postgresPolicyStore,
} from "@levqor/postgres";
import { redisBudget, redisPolicyStore, redisRateLimiter, redisResponseCache } from "@levqor/redis";
import { Redis } from "ioredis";
import { Pool } from "pg";
import * as z from "zod";

const definition = {
  input: z.object({ question: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  maxOutputTokens: 100,
  prompt: ({ question }: { readonly question: string }) => ({
    messages: [{ role: "user" as const, content: question }],
  }),
} as const;
const tasks = {
  modelOnly: defineTask({ ...definition, name: "model_only" }),
  helped: defineTask({ ...definition, name: "helped", local: () => ({ reply: "local" }) }),
};

/** Signs the audit of these tests. */
export const auditKey = "a key of these tests, no secret at all";

/** Where the stores are, and which of them keep what. */
export interface SharedStores {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  /** Begins every key in Redis. */
  readonly prefix: string;
  /** Who keeps budget and policy. */
  readonly keeper: "redis" | "postgres";
  /** What the stores wait for an answer, milliseconds. */
  readonly timeoutMs: number;
  readonly provider?: Provider | undefined;
  readonly limits?: RateLimitOptions | undefined;
  readonly caps?: Pick<BudgetOptions, "gateway" | "tenant" | "user" | "task"> | undefined;
  readonly storeFailure?: AiGatewayOptions["storeFailure"];
}

/** One call on a machine. */
export interface Asking {
  readonly task?: keyof typeof tasks;
  readonly question?: string;
  readonly userId?: string;
}

/** Clients, pool and spool folder of one machine, and the stores on them. */
function openStores(stores: SharedStores) {
  const { redisUrl, databaseUrl, prefix, keeper, timeoutMs } = stores;
  const client = new Redis(redisUrl, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on("error", () => {});
  const pool = new Pool({ connectionString: databaseUrl, max: 8 });
  const onRedis = { client, prefix, timeoutMs };
  const onPostgres = { pool, timeoutMs };
  const caps = stores.caps ?? { gateway: { dailyUsd: 1_000 } };
  const limits = stores.limits ?? { perUser: false, perIp: { requests: 1e6 } };
  const isRedis = keeper === "redis";
  const budget = isRedis ? redisBudget({ ...onRedis, ...caps }) : postgresBudget({ ...onPostgres, ...caps });
  const decisionStore = postgresDecisionStore(onPostgres);
  const folder = mkdtempSync(join(tmpdir(), "levqor-spool-"));
  const sink = postgresAuditSink({ ...onPostgres, chain: hmacAuditChain({ key: auditKey }) });
  return {
    pool,
    budget,
    decisionStore,
    policy: isRedis ? redisPolicyStore(onRedis) : postgresPolicyStore(onPostgres),
    rateLimiter: redisRateLimiter({ ...onRedis, ...limits }),
    cache: redisResponseCache(onRedis),
    auditSink: spooledAuditSink({ sink, folder, retryMs: 100 }),
    usage: () => budget.usage(),
    async close() {
      await Promise.allSettled([budget.flush(), decisionStore.flush()]);
      client.disconnect();
      await pool.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A gateway on stores that others use too, and nothing else in common with them: what one machine is. It hears of a
 * policy from its store only, as it hardly ever reads by itself.
 */
export function sharedStoreMachine(shared: SharedStores) {
  const stores = openStores(shared);
  const { rateLimiter, cache, budget, policy, decisionStore, auditSink } = stores;
  const provider = shared.provider ?? fakeProvider([{ text: "An answer." }]);
  const price = { inputUsd: 1, outputUsd: 10 };
  const gateway = createAiGateway({
    targets: [{ name: "model", provider, price, maxConcurrent: 100 }],
    ...{ rateLimiter, cache, budget, decisionStore, auditSink },
    policy: { source: policy, pollMs: 600_000 },
    auditFailure: "spool",
    storeFailure: shared.storeFailure,
    logger: { info() {}, warn() {}, error() {} },
  });

  return {
    gateway,
    pool: stores.pool,
    policy,
    usage: stores.usage,
    spool: () => auditSink.stats(),
    /** Asks a question that nobody has asked before, unless one is given. */
    async ask({ task = "modelOnly", question = crypto.randomUUID(), userId = "ada" }: Asking = {}) {
      const requestId = crypto.randomUUID();
      const call = { caller: { tenantId: "acme", userId, ip: "198.51.100.7" }, requestId };
      const outcome: string = await gateway.run(tasks[task], { question }, call).then(
        ({ metadata }) => metadata.degraded ?? metadata.source,
        (error) => error.code ?? String(error),
      );
      const decision = await gateway.findDecision(requestId);
      if (decision === undefined)
        throw new Error("The machine that made the call does not know its decision.");
      return { requestId, outcome, decision };
    },
    async close() {
      await gateway.close();
      await stores.close();
    },
  };
}

/** What {@link sharedStoreMachine} makes. */
export type SharedStoreMachine = ReturnType<typeof sharedStoreMachine>;
