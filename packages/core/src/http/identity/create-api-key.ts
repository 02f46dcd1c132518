import { invalidConfig } from "../../errors/invalid-config.js";

/** A new key, and what to keep of it. */
export interface CreatedApiKey {
  /** What its owner gets to see, once: `<prefix>_<id>_<secret>`. It can't be made again from the rest. */
  readonly key: string;
  /** Names the key; may be shown. */
  readonly id: string;
  /** What to store: SHA-256 of the key, hexadecimal. A key is 256 random bits, so this needs no salt and no slow hash. */
  readonly hash: string;
}

/** What keys may begin with: nothing that would need care in a header or a pattern. */
export const apiKeyPrefix = /^[a-z][a-z0-9]{0,15}$/;

/**
 * Makes an API key. `prefix` tells people and scanners whose keys these are; it is that of `apiKeyAuth`.
 *
 * @throws `invalid_config` when `prefix` is not up to 16 lower case letters and digits.
 */
export async function createApiKey({
  prefix = "lvq",
}: {
  readonly prefix?: string;
} = {}): Promise<CreatedApiKey> {
  if (!apiKeyPrefix.test(prefix))
    throw invalidConfig("createApiKey", ["prefix: must be up to 16 lower case letters and digits"]);
  const id = randomHex(8);
  const key = `${prefix}_${id}_${randomHex(32)}`;
  return { key, id, hash: hexOf(await apiKeyDigest(key)) };
}

/** SHA-256 of a whole key. */
export async function apiKeyDigest(key: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
}

const randomHex = (bytes: number) => hexOf(crypto.getRandomValues(new Uint8Array(bytes)));

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
