import type { DebugRule } from "./debug-rule.js";
import { businessRules } from "./rules/business-rules.js";
import { dataRules } from "./rules/data-rules.js";
import { httpRules } from "./rules/http-rules.js";
import { networkRules } from "./rules/network-rules.js";
import { signInRules } from "./rules/sign-in-rules.js";
import { workspaceRules } from "./rules/workspace-rules.js";

/** Every rule that the debug assistant knows. */
export const debugRules: readonly DebugRule[] = [
  ...workspaceRules,
  ...businessRules,
  ...signInRules,
  ...dataRules,
  ...networkRules,
  ...httpRules,
];

/** The case at hand. */
export interface DebugCase {
  /** Type and message, as {@link foldWords} leaves them. */
  readonly words: string;
  /** Catalogue id. */
  readonly serviceId: string | undefined;
  readonly status: number | undefined;
}

/** Lower case, only letters and digits, one space around each word: "ECONNREFUSED: no!" → " econnrefused no ". */
export const foldWords = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

const most = 3;

/** The rules that fit, most specific first, at most three. */
export function findRules(found: DebugCase): DebugRule[] {
  return debugRules
    .map((rule) => ({ rule, score: specificity(rule, found) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, most)
    .map(({ rule }) => rule);
}

/** How much a rule asks for that the case has; 0 when it does not fit. */
function specificity({ services, status, phrases }: DebugRule, found: DebugCase): number {
  if (services !== undefined && !services.includes(found.serviceId ?? "")) return 0;
  if (status !== undefined && !status.includes(found.status ?? 0)) return 0;
  const phrase = phrases?.filter((text) => found.words.includes(` ${text} `)).reduce(longer, "");
  if (phrase === "") return 0;
  return (services === undefined ? 0 : 30) + (status === undefined ? 0 : 40) + phraseWeight(phrase);
}

// One word ("timeout") says less than a status, two ("invalid grant") say more.
function phraseWeight(phrase: string | undefined): number {
  if (phrase === undefined) return 0;
  return phrase.includes(" ") ? 60 + phrase.length / 100 : 35;
}

const longer = (left: string, right: string) => (right.length > left.length ? right : left);
