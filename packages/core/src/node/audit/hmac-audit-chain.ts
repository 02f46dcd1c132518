import { createHmac, createPrivateKey, createSecretKey, hash, type KeyObject, sign } from "node:crypto";
import type { AuditChain } from "../../audit/audit-chain.js";
import { invalidConfig } from "../../errors/invalid-config.js";

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

/**
 * A chain over SHA-256, HMAC-SHA-256 and Ed25519.
 *
 * @throws `invalid_config` with every mistake, such as a key that is too short or of another kind.
 */
export function hmacAuditChain(options: HmacAuditChainOptions): AuditChain {
  const { partition = "all", checkpointRecords = 1_000, checkpointMs = 60_000 } = options;
  const secretFault = secretProblem(options.key);
  const signingKey = options.signingKey === undefined ? undefined : toSigningKey(options.signingKey);
  const problems = [
    ...(secretFault === undefined ? [] : [secretFault]),
    ...(signingKey === null ? ["signingKey: must be an Ed25519 private key in PEM (PKCS #8)"] : []),
    ...(partition === "" ? ["partition: must not be empty"] : []),
    ...(Number.isInteger(checkpointRecords) && checkpointRecords > 0
      ? []
      : ["checkpointRecords: must be an integer of 1 or more"]),
    ...(checkpointMs > 0 ? [] : ["checkpointMs: must be more than 0"]),
  ];
  if (problems.length > 0) throw invalidConfig("The audit can't be set up", problems);
  return {
    partition,
    checkpointRecords,
    checkpointMs,
    ...auditMac(options.key),
    ...(signingKey == null
      ? {}
      : { sign: (text) => sign(null, Buffer.from(text), signingKey).toString("base64url") }),
  };
}

/** The two digests of a chain, for its writer and its verifier. */
export function auditMac(key: string | Uint8Array): Pick<AuditChain, "digest" | "mac"> {
  const secret = toSecret(key);
  return {
    digest: sha256,
    mac: (text) => createHmac("sha256", secret).update(text).digest("base64url"),
  };
}

/** SHA-256 of a text in base64url. */
export const sha256 = (text: string): string => hash("sha256", text, "base64url");

function toSecret(key: string | Uint8Array): KeyObject {
  const problem = secretProblem(key);
  if (problem !== undefined) throw invalidConfig("The audit can't be set up", [problem]);
  return createSecretKey(Buffer.from(key));
}

/** Of 32 random bytes, written in whatever way, hardly ever fewer than 8 are different. */
function secretProblem(key: string | Uint8Array | undefined): string | undefined {
  const bytes = Buffer.from(key ?? "");
  if (bytes.length < 32) return "key: must have at least 32 bytes";
  return new Set(bytes).size < 8 ? "key: must be random, not a few characters again and again" : undefined;
}

/** Null for another kind of key. The parser's own message is not passed on: it could quote the key. */
function toSigningKey(key: string | KeyObject): KeyObject | null {
  try {
    const privateKey = typeof key === "string" ? createPrivateKey(key) : key;
    return privateKey.type === "private" && privateKey.asymmetricKeyType === "ed25519" ? privateKey : null;
  } catch {
    return null;
  }
}
