import type { Token } from "../services/scan-text.js";
import { wordAt } from "./phrase-table.js";

/** What the clause that is judged becomes. */
export type Role = "trigger" | "action" | "condition";

/** Words that lead to where something is done. */
export const placePrepositions: ReadonlySet<string> = new Set(
  "to in into on onto via using through at".split(" "),
);
/** What "from" says about where an action is done. */
export const fromScore = -3;
const topicPrepositions = new Set("about regarding concerning that which whose who where".split(" "));

/** How strongly the words before a name say that the work is done there. */
export function prepositionScore(tokens: readonly Token[], at: number, role: Role): number {
  for (let index = at - 1; index >= Math.max(0, at - 6); index--) {
    const word = wordAt(tokens, index);
    if (placePrepositions.has(word)) return 3;
    if (word === "from") return role === "action" ? fromScore : 3;
    if (topicPrepositions.has(word)) return role === "action" ? -3 : 0;
    if (word === "with") return role === "action" ? -1.5 : 0;
    if (word === "by" && index === at - 1) return 3;
    if (word === "of" || word === "for") return 0;
    if (tokens[index]?.kind === "comma" || word === "and") continue;
  }
  return 1;
}
