import type { Token } from "../services/scan-text.js";
import { wordAt } from "./phrase-table.js";
import { verbAt } from "./verb-at.js";

const openers = new Set("a an any each every new".split(" "));
const modals = new Set("should must shall will has needs".split(" "));
const objects = new Set("a an the it its them this that me us my our their".split(" "));
const longestSubject = 12;

/** The two halves of a title whose subject is what happens: "A new lead | should create a task". */
export interface SplitSubject {
  readonly subject: readonly Token[];
  readonly action: readonly Token[];
}

/** Splits "a new Trello card creates a GitHub issue"; only new things start something. */
export function splitSubject(tokens: readonly Token[]): SplitSubject | undefined {
  const opener = wordAt(tokens, 0);
  if (!openers.has(opener)) return undefined;
  const isNew = opener === "new" || /^(?:new|incoming)$/u.test(wordAt(tokens, 1)) || opener === "every";
  if (!isNew) return undefined;
  for (let index = 2; index < Math.min(tokens.length - 1, longestSubject); index++) {
    const word = wordAt(tokens, index);
    if (modals.has(word)) {
      const verb = wordAt(tokens, index + 1) === "to" ? index + 2 : index + 1;
      return verbAt(tokens, verb) === undefined ? undefined : cut(tokens, index, verb);
    }
    const isInflected = word.endsWith("s") && verbAt(tokens, index, "any") !== undefined;
    if (isInflected && objects.has(wordAt(tokens, index + 1))) return cut(tokens, index, index);
  }
  return undefined;
}

const cut = (tokens: readonly Token[], end: number, verb: number): SplitSubject => ({
  subject: tokens.slice(0, end),
  action: tokens.slice(verb),
});
