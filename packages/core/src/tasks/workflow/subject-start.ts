import { mentionsIn } from "../services/mentions-in.js";
import type { Clause } from "./clause.js";
import type { InferredStart } from "./infer-trigger.js";
import { wordAt } from "./phrase-table.js";
import { type KnownServices, placeService } from "./place-service.js";

const says =
  /^(?:is|are|was|were|isn't|aren't|has|have|hasn't|had|contains?|includes?|equals?|matches|exceeds?|belongs?|doesn't|does|costs?|shows?|says|starts|ends|mentions)$/u;
const longestSubject = 10;

/**
 * The start of a description that only limits: in "If a lead from Typeform has a company email, …" it is the lead. An
 * assumption, for the words do not say that each new one starts it.
 */
export function subjectStart(clauses: readonly Clause[], known: KnownServices): InferredStart | undefined {
  const [clause] = clauses;
  if (clause?.kind !== "condition" || wordAt(clause.tokens, 0) !== "if") return undefined;
  const end = clause.tokens.findIndex((_, index) => index > 1 && says.test(wordAt(clause.tokens, index)));
  if (end < 0 || end > longestSubject) return undefined;
  const tokens = clause.tokens.slice(1, end);
  const [mention] = mentionsIn(tokens, known.starts);
  const placement = placeService(tokens, "trigger", known);
  const service = mention?.service.id ?? (placement.kind === "placed" ? placement.services[0] : undefined);
  return service === undefined ? undefined : { ...clause, kind: "trigger", tokens, service, isAssumed: true };
}
