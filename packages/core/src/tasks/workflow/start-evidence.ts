import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";
import { phraseTable, wordAt } from "./phrase-table.js";
import {
  appCues,
  categoryWeights,
  type PlainStart,
  quietWeight,
  scheduleWeight,
  serviceWeights,
  startCues,
} from "./start-cues.js";

/** Something that can start a workflow, and how much speaks for it. */
export interface StartCandidate {
  readonly score: number;
  /** The app that starts it; without one it is a plain start. */
  readonly mention?: Mention;
  readonly service: string;
  /** The words that say so. */
  readonly cue?: readonly Token[];
}

interface CueTable {
  readonly weight: number;
  readonly phraseAt: (tokens: readonly Token[], first: number) => number;
}

const cueTables = Object.entries(startCues).map(([service, cues]) => ({
  service: service as PlainStart,
  tables: cues.map(([weight, phrases]): CueTable => ({ weight, phraseAt: phraseTable(phrases) })),
}));
const appTables = appCues.map(([weight, phrases, ...categories]) => ({
  weight,
  phraseAt: phraseTable(phrases),
  categories,
}));

const targetWords = /^(?:to|into|onto|in|on|via|using|through|with|and|&|\+)$/u;
const linkWords = /^(?:to|into|onto|→|->|=>|>|:)$/u;

/** How much more an app is likely to start a workflow when it is where things come from. */
const originBonus = 1;
/** For a kind of thing without an app: "from the contact form". */
const plainOrigin = 4;

/**
 * Everything that can start what a title describes, likeliest first. `origin` is the service that its things come from.
 */
export function startCandidates(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  origin?: string,
): StartCandidate[] {
  const plain = cueTables.map(({ service, tables }): StartCandidate => {
    const cue = strongest(tokens, tables, service === "forms" ? formsOfApps(mentions) : none);
    const base = service === "schedule" ? scheduleWeight : 0;
    return { service, score: base + cue.score, cue: cue.words };
  });
  const apps = mentions
    .filter(({ service }) => service.category !== "built_in" || service.id === "rss")
    .map(
      (mention): StartCandidate => ({
        service: mention.service.id,
        mention,
        score: appScore(tokens, mention, mentions) + (mention.service.id === origin ? originBonus : 0),
      }),
    );
  const isNoun = origin !== undefined && !mentions.some(({ service }) => service.id === origin);
  const fromNoun = isNoun ? [{ service: origin, score: plainOrigin }] : [];
  return [...apps, ...fromNoun, ...plain].sort((left, right) => right.score - left.score);
}

const none: ReadonlySet<number> = new Set();

// "Webflow form submission" is an event in Webflow, and no form of its own.
const formsOfApps = (mentions: readonly Mention[]): ReadonlySet<number> =>
  new Set(
    mentions
      .filter(({ service }) => service.starts.some((noun) => noun.endsWith("submission")))
      .map(({ last }) => last + 1),
  );

interface Cue {
  readonly score: number;
  readonly words: readonly Token[];
}

function strongest(
  tokens: readonly Token[],
  tables: readonly CueTable[],
  excluded: ReadonlySet<number>,
): Cue {
  let best: Cue = { score: 0, words: [] };
  for (const { weight, phraseAt } of tables) {
    if (weight <= best.score) continue;
    const at = tokens.findIndex((_, index) => !excluded.has(index) && phraseAt(tokens, index) > 0);
    if (at >= 0) best = { score: weight, words: tokens.slice(at, at + phraseAt(tokens, at)) };
  }
  return best;
}

function appScore(tokens: readonly Token[], mention: Mention, mentions: readonly Mention[]): number {
  const { service } = mention;
  const usual = serviceWeights.get(service.id) ?? categoryWeights[service.category] ?? 0.5;
  const base = service.starts.length === 0 ? quietWeight : usual;
  const cues = appTables
    .filter(({ categories }) => categories.includes(service.category))
    .map(({ weight, phraseAt }) => (tokens.some((_, index) => phraseAt(tokens, index) > 0) ? weight : 0));
  return base + Math.max(0, ...cues) + placeScore(tokens, mention, mentions) + eventScore(tokens, mention);
}

// What comes first or "from" somewhere starts it; what something is put into does not.
function placeScore(tokens: readonly Token[], mention: Mention, mentions: readonly Mention[]): number {
  const before = wordAt(tokens, mention.first - 1) || (tokens[mention.first - 1]?.lower ?? "");
  const others = mentions.filter(({ service }) => service.id !== mention.service.id);
  if (before === "from") return isOfNew(tokens, mention.first) ? 5 : 2;
  if (/^(?:to|into)$/u.test(before)) return -1.5;
  if (isFilledFrom(tokens, mention, others)) return -1.5;
  if (others.length === 0) return mention.first === 0 ? 0.5 : 0;
  const after = others.find(({ first }) => first > mention.last);
  const leads =
    after !== undefined &&
    tokens.slice(mention.last + 1, after.first).some((token) => linkWords.test(token.lower));
  if (leads && !targetWords.test(before)) return tellsNews(tokens) ? 3 : converts(tokens) ? 0 : 1.5;
  const isFirst = after !== undefined && others.every(({ first }) => first > mention.first);
  if (isFirst && !targetWords.test(before)) return 1;
  return targetWords.test(before) && others.some(({ first }) => first < mention.first) ? -1.5 : 0;
}

// "Shopify stock from Google Sheets", "Salesforce accounts based on Airtable"
function isFilledFrom(tokens: readonly Token[], { last }: Mention, others: readonly Mention[]): boolean {
  const next = others.find(({ first }) => first > last);
  const end = Math.min(next?.first ?? 0, last + 5);
  return tokens.slice(last + 1, end).some(({ lower }) => /^(?:from|based)$/u.test(lower));
}

// "YouTube to Discord notifications": what is new is told.
const tellsNews = (tokens: readonly Token[]) =>
  tokens.some(({ lower }) => /^(?:notifications?|notify|alerts?)$/u.test(lower));

// "Convert Squarespace profiles to …": nothing is said to happen where things are converted from.
const converts = (tokens: readonly Token[]) => /^(?:convert|transform)(?:s|ing)?$/u.test(wordAt(tokens, 0));

// "New blog posts from WordPress"
const isOfNew = (tokens: readonly Token[], first: number) =>
  tokens.slice(Math.max(0, first - 5), first).some(({ lower }) => lower === "new");

// "Shopify order", "new Jira tickets": one of what happens in the app.
function eventScore(tokens: readonly Token[], { service, first, last }: Mention): number {
  const [one, two] = [wordAt(tokens, last + 1), wordAt(tokens, last + 2)];
  const next = /^(?:form|pull)$/u.test(one) ? `${one} ${two}` : one;
  const isNew = /^(?:new|incoming|each|every)$/u.test(wordAt(tokens, first - 1));
  const nouns = service.starts.flatMap((noun) =>
    service.category === "forms" ? [noun, `form ${noun}`] : [noun],
  );
  const isOne = nouns.includes(next);
  const areMany = nouns.some((noun) => next === `${noun}s`);
  const isSent = /(?:submission|response|booking)s?$/u.test(next);
  return (isNew ? 3 : 0) + (isOne ? 2 : areMany ? 0.7 : 0) + (isSent && (isOne || areMany) ? 1.5 : 0);
}
