import { createHmac, createPrivateKey, createSecretKey, hash, KeyObject, sign } from "node:crypto";
import * as z from "zod";
import type { AuditChain } from "../../audit/audit-chain.js";
import { secretSchema } from "../../errors/secret-schema.js";
import { checkAuditOptions, countOption, durationOption } from "./check-audit-options.js";

/** Options of {@link hmacAuditChain}. */
export interface HmacAuditChainOptions {
  /** Random secret of at least 32 bytes: with it every entry can be checked, and written. */
  readonly key: string | Uint8Array;
  /** Ed25519 private key (PEM or `KeyObject`) that signs checkpoints. @default none: checkpoints are not signed */
  readonly signingKey?: string | KeyObject | undefined;
  /** Names the chain, for instance by product and environment. @default "all" */
  readonly partition?: string | undefined;
  /** Records between two checkpoints. @default 1_000 */
  readonly checkpointRecords?: number | undefined;
  /** Milliseconds a record waits for its checkpoint. @default 60_000 */
  readonly checkpointMs?: number | undefined;
}

const schema = z.strictObject({
  key: secretSchema(),
  signingKey: z
    .custom((key) => toSigningKey(key) !== undefined, "must be an Ed25519 private key in PEM (PKCS #8)")
    .optional(),
  partition: z.string("must be a text").min(1, "must not be empty").optional(),
  checkpointRecords: countOption.optional(),
  checkpointMs: durationOption.optional(),
});

/**
 * A chain over SHA-256, HMAC-SHA-256 and Ed25519.
 *
 * @throws `invalid_config` with every mistake, such as a key that is too short or of another kind.
 */
export function hmacAuditChain(options: HmacAuditChainOptions): AuditChain {
  checkAuditOptions(schema, options);
  const { key, partition = "all", checkpointRecords = 1_000, checkpointMs = 60_000 } = options;
  const signingKey = toSigningKey(options.signingKey);
  return {
    partition,
    checkpointRecords,
    checkpointMs,
    ...auditMac(key),
    ...(signingKey === undefined
      ? {}
      : { sign: (text) => sign(null, Buffer.from(text), signingKey).toString("base64url") }),
  };
}

/** The two digests of a chain, for its writer and its verifier, who have checked the key. */
export function auditMac(key: string | Uint8Array): Pick<AuditChain, "digest" | "mac"> {
  const secret = createSecretKey(Buffer.from(key));
  return {
    digest: sha256,
    mac: (text) => createHmac("sha256", secret).update(text).digest("base64url"),
  };
}

/** SHA-256 of a text in base64url. */
export const sha256 = (text: string): string => hash("sha256", text, "base64url");

/** Undefined for another kind of key. The parser's own message is not passed on: it could quote the key. */
function toSigningKey(given: unknown): KeyObject | undefined {
  try {
    const key = typeof given === "string" ? createPrivateKey(given) : given;
    const isFit = key instanceof KeyObject && key.type === "private" && key.asymmetricKeyType === "ed25519";
    return isFit ? key : undefined;
  } catch {
    return undefined;
  }
}
