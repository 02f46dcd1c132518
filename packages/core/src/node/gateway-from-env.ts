import type { Budget } from "../budget/budget.js";
import type { BudgetCapOptions } from "../budget/budget-options.js";
import { memoryBudget } from "../budget/memory-budget.js";
import { consoleLogger } from "../console-logger.js";
import { createAiGateway } from "../create-ai-gateway.js";
import type { AiGateway } from "../gateway.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { staticKillSwitch } from "../kill-switch/static-kill-switch.js";
import type { Logger } from "../logger.js";
import { patternMasker } from "../mask/pattern-masker.js";
import type { Provider } from "../provider/provider.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import type { RateLimitOptions } from "../rate-limit/rate-limit-options.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";
import { environmentAudit } from "./environment-audit.js";
import { filePolicySource } from "./file-policy-source.js";
import { type GatewayEnvironment, readGatewayEnvironment, unknownVariables } from "./gateway-environment.js";

/** Options of {@link gatewayFromEnv}: those of `createAiGateway`, which win over the environment. */
export interface GatewayFromEnvOptions extends Omit<AiGatewayOptions, "rateLimiter" | "budget"> {
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * A limiter with limits of its own, or a function that makes one with those of the environment:
   * `(limits) => redisRateLimiter({ client, ...limits })`. @default memoryRateLimiter
   */
  readonly rateLimiter?: RateLimiter | ((limits: RateLimitOptions) => RateLimiter) | undefined;
  /**
   * A budget with caps of its own, or a function that makes one with those of the environment:
   * `(caps) => redisBudget({ client, ...caps })`. @default memoryBudget
   */
  readonly budget?: Budget | ((caps: BudgetCapOptions) => Budget) | undefined;
}

/**
 * Makes a gateway from environment variables, for a twelve-factor application. With a key (or
 * `AI_OPENAI_BASE_URL`) a model answers; without one every answer is local and nothing uses the network.
 *
 * @throws `invalid_config` with every mistake in `details.problems`; no value is quoted.
 */
export async function gatewayFromEnv(options: GatewayFromEnvOptions = {}): Promise<AiGateway> {
  const { env = process.env, rateLimiter = memoryRateLimiter, budget = memoryBudget, ...overrides } = options;
  const environment = readGatewayEnvironment(env, { hasAuditSink: overrides.auditSink !== undefined });
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const { provider, ...rest } = await toOptions(environment, overrides.logger);
  const gateway = createAiGateway({
    ...rest,
    ...(given["targets"] === undefined ? { provider } : {}),
    ...given,
    rateLimiter: typeof rateLimiter === "function" ? rateLimiter(limitsOf(environment)) : rateLimiter,
    budget: typeof budget === "function" ? budget(capsOf(environment)) : budget,
  });
  const unknown = unknownVariables(env);
  if (unknown.length > 0)
    gateway.logger.warn({}, `Variables that are not the gateway's: ${unknown.join(", ")}.`);
  return gateway;
}

async function toOptions(
  environment: GatewayEnvironment,
  logger: Logger = consoleLogger({ level: environment.AI_LOG_LEVEL }),
): Promise<AiGatewayOptions> {
  const { AI_MASK_KEY: maskKey } = environment;
  const timeoutMs = environment.AI_OPENAI_TIMEOUT * 1000;
  const { AI_POLICY_FILE: policyFile } = environment;
  return {
    provider: await toProvider(environment),
    unpriced: environment.AI_UNPRICED_MODELS,
    killSwitch: staticKillSwitch({ gateway: environment.AI_GATEWAY_ENABLED }),
    ...(maskKey === undefined ? {} : { masker: patternMasker({ key: maskKey }) }),
    retry: { maxRetries: environment.AI_OPENAI_MAX_RETRIES },
    timeouts: { firstChunkMs: timeoutMs, totalMs: Math.max(15_000, timeoutMs) },
    ...(environment.AI_CIRCUIT_BREAKER_ENABLED ? {} : { breaker: false }),
    localFallback: environment.AI_FALLBACK_ENABLED && environment.AI_FALLBACK_ORDER !== "openai",
    telemetry: { traces: environment.AI_TRACING_ENABLED, metrics: environment.AI_METRICS_ENABLED },
    ...environmentAudit(environment, logger),
    policy: policyFile === undefined ? undefined : { source: filePolicySource(policyFile) },
    logger,
  };
}

const limitsOf = (environment: GatewayEnvironment): RateLimitOptions => ({
  perUser: { requests: environment.AI_RATE_LIMIT_PER_USER, windowMs: 60_000 },
  perIp: { requests: environment.AI_RATE_LIMIT_PER_IP, windowMs: 60_000 },
});

const capsOf = (environment: GatewayEnvironment): BudgetCapOptions => ({
  gateway: { dailyUsd: environment.AI_BUDGET_DAILY, monthlyUsd: environment.AI_BUDGET_MONTHLY },
});

async function toProvider(environment: GatewayEnvironment): Promise<Provider | undefined> {
  const { AI_OPENAI_MODEL: model, AI_OPENAI_BASE_URL: baseURL } = environment;
  const apiKey = environment.AI_OPENAI_API_KEY ?? environment.OPENAI_API_KEY;
  const wanted = apiKey !== undefined || baseURL !== undefined;
  if (!wanted || environment.AI_FALLBACK_ORDER === "local") return undefined;
  const { openaiProvider } = await import("../provider/openai-provider.js");
  return openaiProvider({ apiKey, model, baseURL });
}
