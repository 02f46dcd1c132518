import type { Clause } from "./clause.js";
import { isElse, isYes } from "./clause-markers.js";
import { phraseTable, wordAt } from "./phrase-table.js";

const nothingToDo = phraseTable(
  "do nothing else|do nothing|nothing happens|nothing|ignore it|ignore them|ignore this|do not do anything|don't do anything",
);
const owners = new Set("i we my our all the".split(" "));
const owning = new Set("use uses using have has is are run runs keep keeps work works".split(" "));

/** The clauses that say what to do, and those that only tell where things are. */
export interface TidyClauses {
  readonly clauses: readonly Clause[];
  readonly background: readonly Clause[];
}

/** Leaves out what says nothing of its own: "if so" right after a condition, "else do nothing", "We use Pipedrive". */
export function tidyClauses(said: readonly Clause[]): TidyClauses {
  const kept: Clause[] = [];
  const background = said.filter((clause) => isBackground(clause));
  const hasMore = said.some((clause) => !isBackground(clause) && !isCourtesy(clause));
  for (const clause of said) {
    const before = kept.at(-1);
    if (hasMore && (background.includes(clause) || isCourtesy(clause))) continue;
    if (isYes(clause.tokens) && before?.kind === "condition") continue;
    if (isNothing(clause) && before !== undefined && isElse(before.tokens)) kept.pop();
    else kept.push(clause);
  }
  return { clauses: kept, background: hasMore ? background : [] };
}

/** Whether an action is to do nothing. */
export const isNothing = ({ tokens }: Clause): boolean =>
  tokens.length > 0 && nothingToDo(tokens, 0) === tokens.length;

const courtesies = new Set(
  "thanks thank thx ty cheers you very much so a lot many regards best kind pls please hello hi hey".split(
    " ",
  ),
);

// "Thanks!"
const isCourtesy = ({ kind, tokens }: Clause) =>
  (kind === "phrase" || kind === "action") &&
  tokens.length < 6 &&
  tokens.every((token) => token.kind !== "word" || courtesies.has(token.lower));

// "Our inbox is Gmail.": it tells where things are, nothing to do.
function isBackground({ kind, tokens }: Clause): boolean {
  if (kind !== "phrase" || !owners.has(wordAt(tokens, 0))) return false;
  return tokens.slice(1, 5).some(({ lower }) => owning.has(lower));
}
