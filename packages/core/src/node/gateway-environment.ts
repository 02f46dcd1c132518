import * as z from "zod";
import { priceOf } from "../budget/price-table.js";
import { invalidConfig } from "../errors/invalid-config.js";
import { secretSchema } from "../errors/secret-schema.js";
import { openAiKeyProblem } from "../provider/openai-key.js";
import { editDistance } from "../search/edit-distance.js";
import { auditProblems } from "./environment-audit.js";

const flag = (byDefault: boolean) =>
  z
    .enum(["true", "false", "1", "0"], "must be true or false")
    .transform((value) => value === "true" || value === "1")
    .default(byDefault);
const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
const atLeast = (minimum: number, byDefault: number) =>
  z
    .string()
    .transform(number)
    .pipe(z.number("must be a number").min(minimum, `must be ${minimum} or more`))
    .default(byDefault);
const wholeAtLeast = (minimum: number, byDefault: number) =>
  z
    .string()
    .transform(number)
    .pipe(z.int("must be a whole number").min(minimum, `must be ${minimum} or more`))
    .default(byDefault);
const fallbackOrders = ["openai,local", "openai", "local"] as const;

/** Every variable the gateway reads, with its default. Values are text; amounts in US dollars, times in seconds. */
const environmentSchema = z.object({
  /** `false` switches every task to its local answer. */
  AI_GATEWAY_ENABLED: flag(true),
  OPENAI_API_KEY: z.string().optional(),
  /** Wins over `OPENAI_API_KEY`. */
  AI_OPENAI_API_KEY: z.string().optional(),
  AI_OPENAI_MODEL: z.string().default("gpt-4o-mini"),
  AI_OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  /** Seconds until the first output of one attempt. */
  AI_OPENAI_TIMEOUT: atLeast(0.1, 5),
  AI_OPENAI_MAX_RETRIES: wholeAtLeast(0, 3),
  /** Requests a minute. */
  AI_RATE_LIMIT_PER_USER: wholeAtLeast(1, 20),
  AI_RATE_LIMIT_PER_IP: wholeAtLeast(1, 100),
  /** US dollars. */
  AI_BUDGET_DAILY: atLeast(0, 20),
  AI_BUDGET_MONTHLY: atLeast(0, 500),
  /** `allow` calls a model without a known price, at no cost: for servers of your own. */
  AI_UNPRICED_MODELS: z.enum(["block", "allow"], "must be block or allow").default("block"),
  /** Whether local answers stand in for a model that fails. */
  AI_FALLBACK_ENABLED: flag(true),
  AI_FALLBACK_ORDER: z
    .string()
    .transform((value) => value.replaceAll(" ", ""))
    .pipe(z.enum(fallbackOrders, `must be one of: ${fallbackOrders.join(" | ")}`))
    .default("openai,local"),
  AI_CIRCUIT_BREAKER_ENABLED: flag(true),
  AI_TRACING_ENABLED: flag(true),
  AI_METRICS_ENABLED: flag(true),
  /** Random secret of at least 32 bytes: the same value has the same placeholder throughout a conversation. */
  AI_MASK_KEY: secretSchema().transform(String).optional(),
  /** Path of a file of audit records; without it they go to standard output. */
  AI_AUDIT_FILE: z.string().optional(),
  /** Secret of at least 32 bytes: chains the file, and makes digests of prompts and replies. */
  AI_AUDIT_KEY: z.string().optional(),
  /** Ed25519 private key in PEM, its line breaks also as `\\n`: signs the checkpoints of the file. */
  AI_AUDIT_SIGNING_KEY: z.string().optional(),
  /** What happens to a call when its record can't be written. */
  AI_AUDIT_FAILURE: z.enum(["block", "spool", "drop"], "must be block, spool or drop").default("drop"),
  /** Path of a JSON file with the policy; it is followed while the gateway runs. */
  AI_POLICY_FILE: z.string().optional(),
  AI_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
});

/** The environment, checked and typed. */
export type GatewayEnvironment = z.output<typeof environmentSchema>;

/**
 * Reads the gateway's variables. An empty variable counts as not set. `hasAuditSink`: the host gives an audit sink of its
 * own, and no file is needed for what is set about one.
 *
 * @throws `invalid_config` with every mistake; a value is never quoted.
 */
export function readGatewayEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { hasAuditSink = false } = {},
): GatewayEnvironment {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const result = environmentSchema.safeParse(set);
  const misfits = result.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
  const problems = [
    ...misfits,
    ...keyProblems(set),
    ...priceProblems(set),
    ...auditProblems(set, hasAuditSink),
  ];
  if (!result.success || problems.length > 0)
    throw invalidConfig("The AI gateway can't start with this environment", problems);
  return result.data;
}

/** Variables that look like the gateway's but are none, each with the known one that is nearest, if one is near. */
export function unknownVariables(env: SetVariables): string[] {
  const known = Object.keys(environmentSchema.shape);
  return Object.keys(env)
    .filter((name) => name.startsWith("AI_") && env[name] !== undefined && !known.includes(name))
    .map((name) => {
      const near = known.find((candidate) => editDistance(name, candidate, 3) <= 3);
      return near === undefined ? name : `${name} (did you mean ${near}?)`;
    });
}

type SetVariables = Readonly<Record<string, string | undefined>>;

function keyProblems(env: SetVariables): string[] {
  return ["OPENAI_API_KEY", "AI_OPENAI_API_KEY"].flatMap((name) => {
    const problem =
      env[name] === undefined ? undefined : openAiKeyProblem(env[name], env["AI_OPENAI_BASE_URL"]);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
}

function priceProblems(env: SetVariables): string[] {
  const model = env["AI_OPENAI_MODEL"];
  if (model === undefined || priceOf(model) !== undefined || env["AI_UNPRICED_MODELS"] === "allow") return [];
  return [
    "AI_OPENAI_MODEL: the price of this model is not known, so budgets can't hold; choose another, or set AI_UNPRICED_MODELS=allow",
  ];
}
