import type { Clause } from "./clause.js";
import { isElse, isYes } from "./clause-markers.js";
import { phraseTable, wordAt } from "./phrase-table.js";

const nothingToDo = phraseTable(
  "do nothing else|do nothing|nothing happens|nothing|ignore it|ignore them|ignore this|do not do anything|don't do anything",
);
const owners = new Set("i we my our all the".split(" "));
const owning = new Set("use uses using have has is are run runs keep keeps work works".split(" "));

/** Leaves out what says nothing of its own: "if so" right after a condition, "else do nothing", "We use Pipedrive". */
export function tidyClauses(clauses: readonly Clause[]): Clause[] {
  const kept: Clause[] = [];
  const says = clauses.filter((clause) => !isBackground(clause)).length;
  for (const clause of clauses) {
    const before = kept.at(-1);
    if (says > 0 && isBackground(clause)) continue;
    if (isYes(clause.tokens) && before?.kind === "condition") continue;
    if (isNothing(clause) && before !== undefined && isElse(before.tokens)) kept.pop();
    else kept.push(clause);
  }
  return kept;
}

/** Whether an action is to do nothing. */
export const isNothing = ({ tokens }: Clause): boolean =>
  tokens.length > 0 && nothingToDo(tokens, 0) === tokens.length;

// "Our inbox is Gmail.": it tells where things are, nothing to do.
function isBackground({ kind, tokens }: Clause): boolean {
  if (kind !== "phrase" || !owners.has(wordAt(tokens, 0))) return false;
  return tokens.slice(1, 5).some(({ lower }) => owning.has(lower));
}
