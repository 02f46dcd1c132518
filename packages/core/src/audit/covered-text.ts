import type { ChainFields } from "./audit-chain.js";
import { canonicalJson } from "./canonical-json.js";

/**
 * The text of an entry that its hash covers: the content in canonical JSON, then its place in the chain. The place is
 * put behind the text, not into the content: an object with so many fields costs twice the time.
 */
export function coveredText(
  content: object,
  place: Pick<ChainFields, "partition" | "previous_hash" | "seq">,
): string {
  const { partition, previous_hash, seq } = place;
  const written = `"partition":${JSON.stringify(partition)},"previous_hash":"${previous_hash}","seq":${seq}}`;
  return `${canonicalJson(content).slice(0, -1)},${written}`;
}
