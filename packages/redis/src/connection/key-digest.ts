import { createHash } from "node:crypto";

/**
 * A short name for texts of any length, no two lists alike: each text is preceded by its length, so none can run into its
 * neighbour.
 */
export function keyDigest(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text, "utf8");
  return hash.digest("base64url");
}
