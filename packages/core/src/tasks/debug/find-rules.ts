import type { DebugCase } from "./debug-case.js";
import type { DebugRule } from "./debug-rule.js";
import { debugRules } from "./debug-rules.js";

interface Fit {
  readonly rule: DebugRule;
  /** Whether the product brought it. */
  readonly isOwn: boolean;
  readonly score: number;
  /** The longest of its phrases that the error says. */
  readonly phrase: string | undefined;
}

const most = 3;
/** What each thing that a rule asks for adds to its score. */
const weights = {
  service: 30,
  /** One word ("timeout") says less than a status. */
  word: 35,
  status: 40,
  /** Several words ("invalid grant") or a code ("23505") say more; the longer, the more. */
  exactPhrase: 60,
} as const;

/**
 * The rules that fit, most specific first, at most three; the product's own ones stand in front. Broad ones are left
 * out where exact ones fit.
 */
export function findRules(found: DebugCase, own: readonly DebugRule[] = []): DebugRule[] {
  const fits = [...fitsOf(own, found, true), ...fitsOf(debugRules, found, false)];
  const alone = fits.find(({ rule }) => rule.reach === "alone");
  const kept = fits.filter((fit) =>
    alone === undefined ? !givesWay(fit, fits) : fit === alone || (fit.isOwn && !alone.isOwn),
  );
  return kept.slice(0, most).map(({ rule }) => rule);
}

const fitsOf = (rules: readonly DebugRule[], found: DebugCase, isOwn: boolean): Fit[] =>
  rules
    .flatMap((rule) => {
      const fit = fitOf(rule, found);
      return fit === undefined ? [] : [{ ...fit, rule, isOwn }];
    })
    .sort((left, right) => right.score - left.score);

/** How much a rule asks for that the case has; undefined when it does not fit. */
function fitOf(rule: DebugRule, found: DebugCase): Pick<Fit, "score" | "phrase"> | undefined {
  const { services, status, phrases } = rule;
  if (services !== undefined && !services.includes(found.serviceId ?? "")) return undefined;
  if (status !== undefined && !status.includes(found.status ?? 0)) return undefined;
  const phrase = phrases?.filter((text) => says(found, text)).reduce(longer, "");
  if (phrase === "") return undefined;
  const byService = services === undefined ? 0 : weights.service;
  const byStatus = status === undefined ? 0 : weights.status;
  return { score: byService + byStatus + phraseWeight(phrase), phrase };
}

// The set rules out nearly every phrase, which keeps long messages cheap.
const says = ({ words, wordSet }: DebugCase, phrase: string) =>
  wordSet.has(phrase.split(" ", 1)[0] ?? "") && words.includes(` ${phrase} `);

/** Whether what a rule says is only a blurred form of what another one says. */
function givesWay(fit: Fit, fits: readonly Fit[]): boolean {
  if (fit.isOwn) return false;
  const { rule, phrase } = fit;
  if (rule.services === undefined && fits.some(namesServiceError)) return true;
  const yieldsToAll = rule.services === undefined || rule.reach === "broad";
  const others = fits.filter((other) => other !== fit && (yieldsToAll || other.rule.services !== undefined));
  if (phrase === undefined) return others.some(isExact);
  if (rule.reach === "broad" && others.some((other) => isExact(other) || other.phrase === undefined))
    return true;
  return others.some((other) => other.phrase !== phrase && ` ${other.phrase} `.includes(` ${phrase} `));
}

/** Whether a rule knows this very error of this very service. */
const namesServiceError = ({ rule, phrase }: Fit) =>
  rule.services !== undefined && phrase !== undefined && rule.reach !== "broad";

// "invalid_grant" and "ECONNREFUSED" name one cause, whatever the status; a lone word such as "timeout" does not.
const isExact = ({ rule, phrase }: Fit) =>
  phrase !== undefined &&
  rule.reach !== "broad" &&
  (rule.services !== undefined || phrase.includes(" ") || isErrorCode(phrase));

const isErrorCode = (phrase: string) =>
  /^(?:e(?:conn|timed|sock|not|host|net|pipe|addr|auth)\p{L}*|\p{L}*\d[\p{L}\d]{4,})$/u.test(phrase);

function phraseWeight(phrase: string | undefined): number {
  if (phrase === undefined) return 0;
  return phrase.includes(" ") || isErrorCode(phrase)
    ? weights.exactPhrase + phrase.length / 100
    : weights.word;
}

const longer = (left: string, right: string) => (right.length > left.length ? right : left);
