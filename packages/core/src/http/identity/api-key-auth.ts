import * as z from "zod";
import { type Clock, systemClock } from "../../clock.js";
import { implementationSchema } from "../../errors/implementation-schema.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";
import type { Caller } from "../../pipeline/task-call.js";
import { callerSchema } from "./caller-schema.js";
import { apiKeyDigest, apiKeyPrefix } from "./create-api-key.js";
import type { Identify, IdentifyContext } from "./identify.js";
import { refusedCredentials } from "./refused-credentials.js";
import { sameBytes } from "./same-bytes.js";

/** What is kept of an API key. */
export interface ApiKeyRecord {
  /** As `createApiKey` made it. */
  readonly id: string;
  /** SHA-256 of the key, 64 hexadecimal digits, as `createApiKey` made it. The key itself is kept nowhere. */
  readonly hash: string;
  /** Who uses the key: a name (`userId`), the tenant, the roles that the key gives. */
  readonly caller: Caller;
  /** When it stops to be valid, milliseconds since the epoch. @default never */
  readonly expiresAtMs?: number | undefined;
}

/** Finds a key's record in a store of yours. Nothing when there is none, or when it was taken back. */
export type FindApiKey = (
  id: string,
  call: { readonly signal: AbortSignal },
) => ApiKeyRecord | undefined | Promise<ApiKeyRecord | undefined>;

/** What {@link apiKeyAuth} takes. */
export interface ApiKeyAuthOptions {
  /** The records of all keys, or a function that finds one by its id. */
  readonly keys: readonly ApiKeyRecord[] | FindApiKey;
  /** How keys begin: a lower case letter, then up to 15 of them or digits. @default "lvq" */
  readonly prefix?: string | undefined;
  /**
   * The header with the key, in lower case. `authorization`: as `Bearer <key>`; a Bearer that does not begin like a key is
   * left to others, so put this before `jwtAuth` in `firstOf`. @default "x-api-key"
   */
  readonly header?: string | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

const recordSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/, "must be an id of createApiKey()"),
  hash: z.string().regex(/^[0-9a-f]{64}$/, "must be a hash of createApiKey(), not the key"),
  caller: callerSchema,
  expiresAtMs: z.number("must be a number").optional(),
});
const recordsSchema = z.object({ keys: z.array(recordSchema) });
const optionsSchema = z.strictObject({
  keys: z.custom(
    (value) => typeof value === "function" || Array.isArray(value),
    "must be a function, or a list of { id, hash, caller }",
  ),
  prefix: z
    .string("must be a text")
    .regex(apiKeyPrefix, "must be up to 16 lower case letters and digits")
    .optional(),
  header: z
    .string("must be a text")
    .regex(/^[a-z][a-z0-9-]*$/, "must be a header's name in lower case")
    .optional(),
  clock: implementationSchema("now", "monotonic", "setTimer"),
});

/**
 * Identifies callers by API keys, of which only hashes are kept. Whatever is wrong with a key, the answer is the same 401.
 *
 * @throws `invalid_config` at start, listing every option that makes no sense.
 * @example
 * const { key, id, hash } = await createApiKey(); // show `key` to its owner, once
 * const identify = apiKeyAuth({ keys: [{ id, hash, caller: { userId: "importer", tenantId: "acme" } }] });
 */
export function apiKeyAuth(options: ApiKeyAuthOptions): Identify {
  const problems = optionProblems(optionsSchema, options);
  if (Array.isArray(options?.keys)) problems.push(...optionProblems(recordsSchema, { keys: options.keys }));
  if (problems.length > 0) throw invalidConfig("apiKeyAuth", problems);
  const { keys, prefix = "lvq", header = "x-api-key", clock = systemClock } = options;
  const find = typeof keys === "function" ? keys : finderOf(keys);
  const form = new RegExp(`^${prefix}_([0-9a-f]{16})_[0-9a-f]{64}$`);
  const readKey =
    header === "authorization" ? bearerKey(prefix) : ({ headers }: IdentifyContext) => headers[header];

  return async function identifyByApiKey(_request, context) {
    const key = readKey(context);
    if (key === undefined) return undefined;
    const id = form.exec(key)?.[1];
    if (id === undefined) throw refusedCredentials("It is no API key.");
    const [record, digest] = await Promise.all([find(id, { signal: context.signal }), apiKeyDigest(key)]);
    const isRight = sameBytes(digest, bytesOfHex(record?.hash ?? ""));
    if (!record?.caller || !isRight) throw refusedCredentials("The API key is unknown.");
    // Not `now >= …`: for an end that is no number that would be never.
    if (!(clock.now() < (record.expiresAtMs ?? Number.POSITIVE_INFINITY)))
      throw refusedCredentials("The API key has expired.");
    return record.caller;
  };
}

function finderOf(records: readonly ApiKeyRecord[]): FindApiKey {
  const byId = new Map(records.map((record) => [record.id, record]));
  return (id) => byId.get(id);
}

const bearerKey =
  (prefix: string) =>
  ({ headers }: IdentifyContext) => {
    const { authorization = "" } = headers;
    const [scheme, key] = [authorization.slice(0, 7), authorization.slice(7)];
    return scheme.toLowerCase() === "bearer " && key.startsWith(`${prefix}_`) ? key : undefined;
  };

/** 32 bytes, whatever it is given: what is no digest equals none that anybody can make. */
function bytesOfHex(hex: string): Uint8Array {
  const digits = /^[0-9a-f]{64}$/.test(hex) ? hex : "0".repeat(64);
  return Uint8Array.from({ length: 32 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
