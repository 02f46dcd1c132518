import type { Clause } from "./clause.js";
import { wordAt } from "./phrase-table.js";
import { baseForm } from "./verb-at.js";
import { type DescribedStart, type WrittenSteps, writeActions, writeCondition } from "./write-steps.js";

const making = new Set(
  "build create draft find generate insert look lookup make open raise schedule".split(" "),
);

/** The steps of conditions and actions, one part for each clause; "it" is what the last of them made. */
export function writeClauses(
  described: Pick<DescribedStart, "source" | "known" | "inferred" | "startedBy">,
  clauses: readonly Clause[],
): WrittenSteps[] {
  let [it, isNear] = [described.startedBy, true];
  return clauses.map((clause, index) => {
    if (clause.kind === "condition") {
      const opposite = clauses.slice(0, index).findLast(({ kind }) => kind === "condition");
      return writeCondition(described, clause, { opposite, next: clauses[index + 1] });
    }
    const part = writeActions({ ...described, it, isNear }, clause);
    isNear = making.has(baseForm(wordAt(clause.tokens, 0)));
    if (isNear) it = part.steps.at(-1)?.service;
    return part;
  });
}
