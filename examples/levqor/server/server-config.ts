import { randomBytes } from "node:crypto";
import { GatewayError } from "@levqor/core";
import { z } from "zod";

/** The server's settings. The gateway's own (`AI_…`) are read by `gatewayFromEnv`. */
export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  /** Where browsers find the site; the one origin that CORS admits. */
  readonly siteOrigin: string;
  /** Proxies in front of the server whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
  readonly sessionSecret: Uint8Array;
  /** True when the secret was made up for this start: sessions end with it. */
  readonly sessionSecretIsTemporary: boolean;
  /** Secrets of signed requests, newest first; empty when none are accepted. */
  readonly signingSecrets: readonly Uint8Array[];
  /** The tenant that signed requests act for. */
  readonly signingTenant: string;
  /** Whether anybody may sign in as a demo user, without a password. */
  readonly demoSignIn: boolean;
  /** Where several servers share limits, cache and streams; absent: each has its own, in memory. */
  readonly redisUrl: string | undefined;
  /** Where several servers share budget, audit and decisions. */
  readonly databaseUrl: string | undefined;
}

const smallestSecretBytes = 32;
const signingSecretPattern = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

const integer = (min: number, max: number, remark: string) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      message: `use a whole number from ${min} to ${max}${remark}`,
    })
    .transform(Number);

const environmentSchema = z.object({
  NODE_ENV: z.string().default("development"),
  PORT: integer(0, 65_535, ", for example 8000").default(8000),
  HOST: z.string().default("127.0.0.1"),
  LEVQOR_SITE_ORIGIN: z
    .string()
    .refine(
      (text) =>
        URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text,
      {
        message: "use scheme and host without a path, for example https://www.example.com",
      },
    )
    .optional(),
  LEVQOR_TRUSTED_PROXIES: integer(0, 10, ": how many proxies stand in front of this server").default(0),
  LEVQOR_SESSION_SECRET: z
    .string()
    .refine((text) => new TextEncoder().encode(text).length >= smallestSecretBytes, {
      message: `use at least ${smallestSecretBytes} bytes, for example the output of: openssl rand -base64 48`,
    })
    .optional(),
  LEVQOR_SIGNING_SECRET: z
    .string()
    .transform((text) => text.split(",").map((secret) => secret.trim()))
    .refine(
      (secrets) => secrets.every((secret) => decodeSigningSecret(secret).length >= smallestSecretBytes),
      {
        message: `use whsec_ and at least ${smallestSecretBytes} bytes in base64; while rotating: the new one, a comma, the old one`,
      },
    )
    .default([]),
  LEVQOR_SIGNING_TENANT: z.string().default("partner"),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "use an address such as redis://127.0.0.1:6379" })
    .optional(),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "use an address such as postgres://user@127.0.0.1:5432/levqor",
    })
    .optional(),
  LEVQOR_DEMO_SIGN_IN: z.enum(["true", "false"], { message: "use true or false" }).optional(),
});

/**
 * Reads the server's settings from environment variables; an empty one counts as not set.
 *
 * @throws `invalid_config` listing every mistake by variable name, never its value.
 */
export function readServerConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environmentSchema.safeParse(set);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  if (set["NODE_ENV"] === "production" && set["LEVQOR_SESSION_SECRET"] === undefined) {
    problems.push("LEVQOR_SESSION_SECRET: required in production, so that sessions survive a restart");
  }
  if (!parsed.success || problems.length > 0) {
    throw new GatewayError("invalid_config", problems.join("; "), { details: { problems } });
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    siteOrigin: values.LEVQOR_SITE_ORIGIN ?? `http://localhost:${values.PORT}`,
    trustedProxies: values.LEVQOR_TRUSTED_PROXIES,
    sessionSecret:
      values.LEVQOR_SESSION_SECRET === undefined
        ? randomBytes(smallestSecretBytes)
        : new TextEncoder().encode(values.LEVQOR_SESSION_SECRET),
    sessionSecretIsTemporary: values.LEVQOR_SESSION_SECRET === undefined,
    signingSecrets: values.LEVQOR_SIGNING_SECRET.map(decodeSigningSecret),
    signingTenant: values.LEVQOR_SIGNING_TENANT,
    demoSignIn:
      values.LEVQOR_DEMO_SIGN_IN === undefined
        ? values.NODE_ENV !== "production"
        : values.LEVQOR_DEMO_SIGN_IN === "true",
    redisUrl: values.REDIS_URL,
    databaseUrl: values.DATABASE_URL,
  };
}

function decodeSigningSecret(secret: string): Uint8Array {
  return Buffer.from(signingSecretPattern.exec(secret)?.[1] ?? "", "base64");
}
