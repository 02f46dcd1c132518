import * as z from "zod";
import {
  bytesOfBase64,
  type SignedParts,
  signingKey,
  webhookSignature,
} from "../../client/webhook-signature.js";
import { type Clock, systemClock } from "../../clock.js";
import { GatewayError, isGatewayError } from "../../errors/gateway-error.js";
import { implementationSchema } from "../../errors/implementation-schema.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";
import type { Caller } from "../../pipeline/task-call.js";
import { callerSchema } from "./caller-schema.js";
import type { Identify } from "./identify.js";
import { memoryReplayStore } from "./memory-replay-store.js";
import { refusedCredentials } from "./refused-credentials.js";
import type { ReplayStore } from "./replay-store.js";
import { sameBytes } from "./same-bytes.js";

/** What {@link hmacAuth} takes. */
export interface HmacAuthOptions {
  /** Shared with the sender: `whsec_` and at least 24 bytes in base64, or bytes. Two while one replaces the other. */
  readonly secrets: readonly (string | Uint8Array)[];
  /** Who the sender is: a name for it (`userId`), the tenant it acts for, the roles that its requests have. */
  readonly caller: Caller;
  /** How far the sender's clock may be off, seconds. @default 300 */
  readonly toleranceS?: number | undefined;
  /**
   * Remembers requests for three times the tolerance, so that each is taken once; share one between processes.
   * @default memoryReplayStore(): of this process, 100,000 at a time
   */
  readonly replayStore?: ReplayStore | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** Most signatures of one request that are looked at. */
const mostSignatures = 8;
/** Without dots: what is signed is joined by them, and must not be read as another id with another time. */
const acceptableId = /^[\w-]{1,128}$/;
const signatureOfVersion1 = /^v1,([A-Za-z0-9+/]{43}=)$/;

const optionsSchema = z.strictObject({
  secrets: z
    .array(
      z.custom(
        (secret) => new Set(signingKey(secret)).size >= 8,
        "must be random: whsec_ and at least 24 bytes in base64, or bytes",
      ),
      "must be a list",
    )
    .min(1, "must hold one"),
  caller: callerSchema,
  toleranceS: z
    .number("must be a number")
    .positive("must be more than 0")
    .max(3600, "must be 3600 or less")
    .optional(),
  replayStore: implementationSchema("claim"),
  clock: implementationSchema("now", "monotonic", "setTimer"),
});

/**
 * Identifies another server by a shared secret: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` of
 * Standard Webhooks (https://www.standardwebhooks.com), over the body's bytes. Each request is taken once. `signRequest`
 * and `signedFetch` of `@levqor/core/signing` sign.
 *
 * Refuses with `unauthenticated`, always in the same words, and with `store_unavailable` when nobody can tell whether a
 * request was seen before.
 *
 * @throws `invalid_config` at start, listing every option that makes no sense; weak secrets among them.
 */
export function hmacAuth(options: HmacAuthOptions): Identify {
  const problems = optionProblems(optionsSchema, options);
  if (problems.length > 0) throw invalidConfig("hmacAuth", problems);
  const { caller, toleranceS = 300, clock = systemClock } = options;
  const { replayStore = memoryReplayStore({ clock }) } = options;
  const keys = options.secrets.flatMap((secret) => signingKey(secret) ?? []);

  return async function identifyBySignature(_request, context) {
    const {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signature,
    } = context.headers;
    if (id === undefined && timestamp === undefined && signature === undefined) return undefined;
    if (id === undefined || !acceptableId.test(id)) throw refusedCredentials("webhook-id");
    if (!isInTime(timestamp)) throw refusedCredentials("webhook-timestamp");
    const candidates = candidatesOf(signature ?? "");
    if (candidates.length === 0) throw refusedCredentials("webhook-signature");
    const body = await context.body();
    if (!(await isSigned({ id, timestamp, body }, candidates))) throw refusedCredentials("webhook-signature");
    await claimOnce(id);
    return caller;
  };

  function isInTime(timestamp: string | undefined): timestamp is string {
    if (timestamp === undefined || !/^\d{1,15}$/.test(timestamp)) return false;
    return Math.abs(clock.now() / 1000 - Number(timestamp)) <= toleranceS;
  }

  async function isSigned(parts: SignedParts, candidates: readonly Uint8Array[]): Promise<boolean> {
    for (const key of keys) {
      const expected = await webhookSignature(key, parts);
      if (candidates.some((candidate) => sameBytes(candidate, expected))) return true;
    }
    return false;
  }

  /** After the signature, so that nobody else can use up an id; its name holds whose it is. */
  async function claimOnce(id: string): Promise<void> {
    const name = JSON.stringify([caller.tenantId ?? null, caller.userId ?? null, id]);
    let isFirst: boolean;
    try {
      // Twice for a sender whose clock is ahead; once more for servers whose clocks differ from each other.
      isFirst = await replayStore.claim(name, 3 * toleranceS * 1000);
    } catch (cause) {
      if (isGatewayError(cause)) throw cause;
      throw new GatewayError("store_unavailable", "The replay store failed.", { cause });
    }
    if (isFirst !== true) throw refusedCredentials("this webhook-id was used before");
  }
}

/** The signatures of version 1 among the first ones of the header. */
function candidatesOf(header: string): Uint8Array[] {
  return header
    .split(" ", mostSignatures)
    .flatMap((part) => signatureOfVersion1.exec(part)?.[1] ?? [])
    .map(bytesOfBase64);
}
