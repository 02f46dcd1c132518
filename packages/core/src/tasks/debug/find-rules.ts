import type { DebugRule } from "./debug-rule.js";
import { businessRules } from "./rules/business-rules.js";
import { dataRules } from "./rules/data-rules.js";
import { httpRules } from "./rules/http-rules.js";
import { networkRules } from "./rules/network-rules.js";
import { paymentRules } from "./rules/payment-rules.js";
import { runtimeRules } from "./rules/runtime-rules.js";
import { signInRules } from "./rules/sign-in-rules.js";
import { workspaceRules } from "./rules/workspace-rules.js";

/** Every rule that the debug assistant knows. */
export const debugRules: readonly DebugRule[] = [
  ...workspaceRules,
  ...businessRules,
  ...signInRules,
  ...paymentRules,
  ...dataRules,
  ...networkRules,
  ...runtimeRules,
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

interface Fit {
  readonly rule: DebugRule;
  readonly score: number;
  /** The longest of its phrases that the error says. */
  readonly phrase: string | undefined;
}

const most = 3;

/** The rules that fit, most specific first, at most three. Broad ones are left out where exact ones fit. */
export function findRules(found: DebugCase): DebugRule[] {
  const fits = debugRules
    .flatMap((rule) => fitOf(rule, found) ?? [])
    .sort((left, right) => right.score - left.score);
  const alone = fits.find(({ rule }) => rule.reach === "alone");
  const kept = alone === undefined ? fits.filter((fit) => !givesWay(fit, fits)) : [alone];
  return kept.slice(0, most).map(({ rule }) => rule);
}

/** How much a rule asks for that the case has; undefined when it does not fit. */
function fitOf(rule: DebugRule, found: DebugCase): Fit | undefined {
  const { services, status, phrases } = rule;
  if (services !== undefined && !services.includes(found.serviceId ?? "")) return undefined;
  if (status !== undefined && !status.includes(found.status ?? 0)) return undefined;
  const phrase = phrases?.filter((text) => found.words.includes(` ${text} `)).reduce(longer, "");
  if (phrase === "") return undefined;
  const score = (services === undefined ? 0 : 30) + (status === undefined ? 0 : 40) + phraseWeight(phrase);
  return { rule, score, phrase };
}

/** Whether what a rule says is only a blurred form of what another one says. */
function givesWay(fit: Fit, fits: readonly Fit[]): boolean {
  const { rule, phrase } = fit;
  const others = fits.filter((other) => other !== fit);
  if (phrase === undefined) {
    return others.some((other) => isExact(other) && (rule.services === undefined || other.rule.services));
  }
  if (rule.reach === "broad" && others.some((other) => isExact(other) || other.phrase === undefined))
    return true;
  return others.some((other) => other.phrase !== phrase && ` ${other.phrase} `.includes(` ${phrase} `));
}

// "invalid_grant" and "ECONNREFUSED" name one cause, whatever the status; a lone word such as "timeout" does not.
const isExact = ({ rule, phrase }: Fit) =>
  phrase !== undefined &&
  rule.reach !== "broad" &&
  (rule.services !== undefined || phrase.includes(" ") || isErrorNumber(phrase));

const isErrorNumber = (phrase: string) =>
  /^(?:e(?:conn|timed|sock|not|host|net|pipe|addr|auth)\p{L}*|\d{5})$/u.test(phrase);

// One word ("timeout") says less than a status, two ("invalid grant") say more.
function phraseWeight(phrase: string | undefined): number {
  if (phrase === undefined) return 0;
  return phrase.includes(" ") ? 60 + phrase.length / 100 : 35;
}

const longer = (left: string, right: string) => (right.length > left.length ? right : left);
