const fewestBytes = 32;
const fewestDifferent = 8;

/** What is wrong with a key, for a message that follows the option's name; undefined when nothing is. Never quotes it. */
export function secretProblem(secret: unknown): string | undefined {
  if (secret === undefined) return "is missing";
  if (typeof secret !== "string" && !(secret instanceof Uint8Array)) return "must be a text or bytes";
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  if (bytes.length < fewestBytes) return `must have at least ${fewestBytes} bytes`;
  // Of 32 random bytes, written in whatever way, hardly ever fewer than 8 are different.
  return new Set(bytes).size < fewestDifferent
    ? "must be random, not a few characters again and again"
    : undefined;
}
