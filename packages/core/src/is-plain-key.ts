const longestName = 32;
/** `user_role`, `line2`, `x-request-id`; no key of a service is that short with digits at its end only. */
const name = /^[A-Za-z_$][A-Za-z_$.-]*\d{0,2}$/;
/** Names that were seen: a program has few, and each comes with every call. */
const seen = new Set<string>();
const mostSeen = 1_000;

/** Whether a key is a name that a program gives its fields: that is no one's, and code looks for it as it is. */
export function isPlainKey(key: string): boolean {
  if (seen.has(key)) return true;
  const isPlain = key.length <= longestName && name.test(key);
  if (isPlain && seen.size < mostSeen) seen.add(key);
  return isPlain;
}
