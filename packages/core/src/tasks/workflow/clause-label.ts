import type { Token } from "../services/scan-text.js";
import type { ClauseKind } from "./clause.js";
import { wordAt } from "./phrase-table.js";

/** What people write in front of a step: "Trigger: …", "Action 2: …". */
const labels: ReadonlyMap<string, ClauseKind> = new Map([
  ["trigger", "trigger"],
  ["start", "trigger"],
  ["event", "trigger"],
  ["condition", "condition"],
  ["filter", "condition"],
  ["action", "action"],
  ["actions", "action"],
  ["do", "action"],
  ["then", "action"],
]);

/** A label at the start of a sentence, with its colon. */
export function labelAt(
  tokens: readonly Token[],
  first: number,
): { readonly kind: ClauseKind; readonly length: number } | undefined {
  const kind = labels.get(wordAt(tokens, first));
  if (kind === undefined) return undefined;
  const colon = /^\d{1,2}$/u.test(wordAt(tokens, first + 1)) ? first + 2 : first + 1;
  return tokens[colon]?.text === ":" ? { kind, length: colon + 1 - first } : undefined;
}
