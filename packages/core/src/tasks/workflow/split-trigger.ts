import type { Token } from "../services/scan-text.js";
import type { Clause } from "./clause.js";
import { wordAt } from "./phrase-table.js";

/** A start, and what has to hold besides. */
export interface SplitTrigger {
  readonly trigger: Clause;
  readonly conditions: readonly Clause[];
}

const states =
  /^(?:is|are|was|were|isn't|aren't|has|have|hasn't|contains?|includes?|equals?|ends?|matches|exceeds?|drops?|falls?|rises?|reaches|belongs?|doesn't|costs?|stays?|remains?)$/u;
const verbs =
  /^(?:is|are|was|were|has|have|gets?|comes?|arrives?|fills?|books?|pays?|closes?|fails?|starts?|ends?|changes?|moves?|opens?|signs?|cancels?|sends?|receives?|replies)$/u;
const longestSubject = 5;

/** Takes limits out of a start: "when a form is submitted and the company is large", "an order for more than £500". */
export function splitTrigger(clause: Clause): SplitTrigger {
  if (clause.kind === "schedule") return { trigger: clause, conditions: [] };
  const cuts = clause.tokens.flatMap((token, index) =>
    token.lower === "and" && saysState(clause.tokens, index) ? [index] : [],
  );
  const [first = clause.tokens.length] = cuts;
  const event = withoutComma(clause.tokens.slice(0, first));
  const limit = amountLimit(event);
  const rest = event.filter((token) => !limit.includes(token));
  const parts = [
    limit,
    ...cuts.map((cut, index) => withoutComma(clause.tokens.slice(cut + 1, cuts[index + 1]))),
  ];
  const conditions = parts
    .filter((tokens) => tokens.length > 0)
    .map((tokens): Clause => ({ ...clause, kind: "condition", tokens }));
  return { trigger: { ...clause, tokens: rest }, conditions };
}

const withoutComma = (tokens: readonly Token[]) =>
  tokens.at(-1)?.kind === "comma" ? tokens.slice(0, -1) : tokens;

// "and the company is large" after something that has happened; not "when Jira and Slack are down".
function saysState(tokens: readonly Token[], and: number): boolean {
  const happened = tokens
    .slice(Math.max(1, and - 12), and)
    .some(({ kind, lower }) => kind === "word" && (verbs.test(lower) || /..ed$/u.test(lower)));
  if (!happened) return false;
  for (let index = and + 1; index <= and + 1 + longestSubject; index++) {
    if (tokens[index] === undefined || tokens[index]?.kind === "comma") return false;
    const word = wordAt(tokens, index);
    if (states.test(word)) return index > and + 1 && index < tokens.length - 1;
    if (/^(?:pass|passes|fails?|succeeds?)$/u.test(word)) return index > and + 1;
  }
  return false;
}

function amountLimit(tokens: readonly Token[]): Token[] {
  const first = tokens.findIndex(
    (_, index) =>
      index > 2 &&
      /^(?:for|worth|with|of)$/u.test(wordAt(tokens, index)) &&
      comparison(tokens, index + 1) > 0,
  );
  if (first < 0) return [];
  let last = first + comparison(tokens, first + 1) + 1;
  if (tokens[last]?.kind === "mark") last++;
  if (!/^\d/u.test(wordAt(tokens, last))) return [];
  const isUnit = /^(?:dollars|pounds|euros|usd|eur|gbp|items|units|people|seats)$/u.test(
    wordAt(tokens, last + 1),
  );
  return tokens.slice(first, last + (isUnit ? 2 : 1));
}

function comparison(tokens: readonly Token[], index: number): number {
  const [word, next] = [wordAt(tokens, index), wordAt(tokens, index + 1)];
  if (/^(?:more|less|fewer|greater|higher|lower)$/u.test(word) && next === "than") return 2;
  if (word === "at" && (next === "least" || next === "most")) return 2;
  return /^(?:over|under|above|below)$/u.test(word) ? 1 : 0;
}
