import type { JWTPayload } from "jose";
import * as z from "zod";
import type { Clock } from "../../../clock.js";
import { implementationSchema } from "../../../errors/implementation-schema.js";
import { invalidConfig } from "../../../errors/invalid-config.js";
import { optionProblems } from "../../../errors/option-problems.js";
import { secretSchema } from "../../../errors/secret-schema.js";
import type { Caller } from "../../../pipeline/task-call.js";
import type { IdentifyContext } from "../identify.js";

const secretAlgorithms = ["HS256", "HS384", "HS512"] as const;
const publicKeyAlgorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;

/** How a token may be signed. `none` is no way to sign. */
export type JwtAlgorithm = (typeof secretAlgorithms)[number] | (typeof publicKeyAlgorithms)[number];

/** What a verified token says; nothing about its types is certain but that `exp`, `nbf` and `iat` are numbers. */
export type JwtClaims = Readonly<JWTPayload>;

/** A secret shared with the issuer, for `HS…` algorithms: text (its UTF-8 bytes) or bytes, as long as the hash. */
export interface JwtSecret {
  /** Several while one replaces the other. */
  readonly secret: string | Uint8Array | readonly (string | Uint8Array)[];
}

/** The issuer's public key, for all other algorithms: PEM (`BEGIN PUBLIC KEY`). */
export interface JwtPublicKey {
  /** Several while one replaces the other. */
  readonly publicKey: string | readonly string[];
}

/** The issuer's public keys, fetched from where it publishes them: a JSON Web Key Set. */
export interface JwtRemoteKeys {
  /** `https:` (on this machine `http:` too). No token chooses where keys come from: `jku` and `x5u` are not followed. */
  readonly jwksUrl: string;
  /** Keys older than this are fetched anew, while they go on to count; milliseconds. @default 600_000 (10 minutes) */
  readonly refreshMs?: number | undefined;
  /** How long keys count when they can't be fetched anew, milliseconds. @default 3_600_000 (1 hour) */
  readonly ttlMs?: number | undefined;
  /** Least time between two fetches, whatever tokens ask for, milliseconds. @default 10_000 */
  readonly cooldownMs?: number | undefined;
  /** How long a fetch may take, milliseconds. @default 5_000 */
  readonly timeoutMs?: number | undefined;
  /**
   * What a token gets while no keys count: `store_unavailable` (503, try again later) or `unauthenticated` (401).
   * @default "store_unavailable"
   */
  readonly onUnavailable?: "store_unavailable" | "unauthenticated" | undefined;
  /** @default the global fetch */
  readonly fetch?: ((url: string, request: RequestInit) => Promise<Response>) | undefined;
}

/** What `jwtCaller` takes. */
export interface JwtCallerOptions {
  /**
   * Who may have issued the token: its `iss`. Two issuers may call different people the same: `caller` tells them apart.
   */
  readonly issuer: string | readonly string[];
  /** Whom the token is for: one of its `aud`. Tokens for other services of the issuer are refused. */
  readonly audience: string | readonly string[];
  /** How it may be signed; what the token itself says counts only if it is in this list. */
  readonly algorithms: readonly JwtAlgorithm[];
  /** What the signature is checked with. */
  readonly key: JwtSecret | JwtPublicKey | JwtRemoteKeys;
  /**
   * Makes the caller from a verified token's claims. Nothing refuses the token.
   * @default `sub` is the user, `tenant_id` the tenant, `roles` the roles; a token without `sub` is refused
   */
  readonly caller?: ((claims: JwtClaims) => Caller | undefined | Promise<Caller | undefined>) | undefined;
  /** How far the issuer's clock may be off, seconds. @default 30 */
  readonly clockToleranceS?: number | undefined;
  /** Kinds of tokens, by their `typ`; a token that names none is taken. @default ["JWT", "at+jwt"] */
  readonly types?: readonly string[] | undefined;
  /** Longest token that is looked at, characters. @default 8_192 */
  readonly maxTokenLength?: number | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** What `jwtAuth` takes. */
export interface JwtAuthOptions extends JwtCallerOptions {
  /** Where the token is; nothing means that the request has none. @default the header `Authorization: Bearer …` */
  readonly token?: ((context: IdentifyContext) => string | undefined) | undefined;
}

const texts = z.union(
  [z.string().min(1), z.array(z.string().min(1)).min(1)],
  "must be a text, or a list of some",
);
const duration = z.number("must be a number").positive("must be more than 0").optional();
const callback = z.custom((value) => typeof value === "function", "must be a function").optional();

/** A public key in the place of a secret would let anybody sign. */
const notPem = secretSchema().refine(
  (secret) => !/^\s*-----BEGIN/.test(String(secret)),
  "must not be a key in PEM",
);
const secretKey = z.strictObject({
  secret: z.preprocess((secret) => (Array.isArray(secret) ? secret : [secret]), z.array(notPem).min(1)),
});
const publicKey = z.strictObject({
  publicKey: z.preprocess(
    (key) => (Array.isArray(key) ? key : [key]),
    z.array(
      z.string("must be a PEM text").regex(/^\s*-----BEGIN PUBLIC KEY-----/, "must be a PEM public key"),
    ),
  ),
});
const remoteKeys = z
  .strictObject({
    jwksUrl: z.string("must be a text").refine(isSafeUrl, "must be an https address"),
    refreshMs: duration,
    ttlMs: duration,
    cooldownMs: duration,
    timeoutMs: duration,
    onUnavailable: z
      .enum(["store_unavailable", "unauthenticated"], 'must be "store_unavailable" or "unauthenticated"')
      .optional(),
    fetch: callback,
  })
  .refine(({ refreshMs = 0, ttlMs = Number.POSITIVE_INFINITY }) => refreshMs <= ttlMs, {
    path: ["ttlMs"],
    message: "must not be less than `refreshMs`",
  });

const optionsSchema = z.strictObject({
  issuer: texts,
  audience: texts,
  algorithms: z
    .array(
      z.enum([...secretAlgorithms, ...publicKeyAlgorithms], "is no algorithm that can be checked"),
      "must be a list",
    )
    .min(1, "must name one"),
  key: z.unknown().optional(), // see keyProblems
  caller: callback,
  token: callback,
  clockToleranceS: z
    .number("must be a number")
    .min(0, "must be 0 or more")
    .max(300, "must be 300 or less")
    .optional(),
  types: z.array(z.string()).min(1).optional(),
  maxTokenLength: duration,
  clock: implementationSchema("now", "monotonic", "setTimer"),
});

/** Checks options at start. @throws `invalid_config` with every mistake; no value is quoted. */
export function checkJwtOptions(options: JwtCallerOptions): void {
  const problems = optionProblems(optionsSchema, options);
  const { key, algorithms } = Object(options) as Partial<JwtCallerOptions>;
  problems.push(...keyProblems(key));
  if (problems.length === 0) problems.push(...algorithmProblems(options, algorithms ?? []));
  if (problems.length > 0) throw invalidConfig("jwtAuth", problems);
}

function keyProblems(key: unknown): string[] {
  const names = Object.keys(Object(key));
  const kinds = { secret: secretKey, publicKey, jwksUrl: remoteKeys };
  const [kind, ...more] = Object.entries(kinds).filter(([name]) => names.includes(name));
  if (kind === undefined || more.length > 0)
    return ["key: give exactly one of `secret`, `publicKey` and `jwksUrl`"];
  return optionProblems(z.object({ key: kind[1] }), { key });
}

/** A public key that is taken for a secret is known to everybody, so the two kinds never meet in one list. */
function algorithmProblems({ key }: JwtCallerOptions, algorithms: readonly JwtAlgorithm[]): string[] {
  const isSecret = "secret" in key;
  const fitting: readonly string[] = isSecret ? secretAlgorithms : publicKeyAlgorithms;
  const kind = isSecret ? "a secret" : "public keys";
  if (algorithms.some((algorithm) => !fitting.includes(algorithm)))
    return [`algorithms: with ${kind} only ${fitting.join(", ")} can be checked`];
  if (!isSecret) return [];
  const bytes = Math.max(...algorithms.map((algorithm) => Number(algorithm.slice(2)) / 8));
  return listOf(key.secret).some((secret) => sizeOf(secret) < bytes)
    ? [`key.secret: must have at least ${bytes} bytes for these algorithms`]
    : [];
}

const sizeOf = (secret: string | Uint8Array) =>
  typeof secret === "string" ? new TextEncoder().encode(secret).length : secret.length;

/** One or several, as a list. */
export const listOf = <Item extends string | Uint8Array>(given: Item | readonly Item[]): Item[] =>
  Array.isArray(given) ? [...given] : [given as Item]; // as: isArray does not know read-only lists

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === "https:" || (protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  );
}
