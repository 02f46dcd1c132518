import type { Mention } from "../services/find-services.js";
import { type MentionStarts, mentionsIn } from "../services/mentions-in.js";
import type { Token } from "../services/scan-text.js";
import type { Service, ServiceCategory } from "../services/service.js";
import type { ServiceNames } from "../services/service-names.js";
import { builtInNouns, builtInOf, categoryNouns, peopleNouns } from "./category-nouns.js";
import { isResult } from "./is-result.js";
import { isSource } from "./is-source.js";
import { isLater } from "./joint-at.js";
import { isReachedBy, listedWith } from "./listed-with.js";
import { nounAt } from "./noun-at.js";
import { wordAt } from "./phrase-table.js";
import { fromScore, placePrepositions, prepositionScore, type Role } from "./preposition-score.js";
import { unknownName } from "./unknown-name.js";
import { verbAt } from "./verb-at.js";

/** Services that can be meant without being named in the clause. */
export interface KnownServices {
  /** Every service there is. */
  readonly names: ServiceNames;
  /** Named anywhere in the description, in order. */
  readonly mentioned: readonly Service[];
  /** Connected tools, in the caller's order. */
  readonly connected: readonly Service[];
  readonly starts: MentionStarts;
}

/** What a clause says about its service. */
export type Placement =
  | {
      readonly kind: "placed";
      readonly services: readonly [string, ...string[]];
      /** Where several services share the clause: "to Slack and Discord". */
      readonly listed: readonly Mention[];
    }
  | {
      readonly kind: "open";
      /** Which kinds of service can be meant, most likely first; empty when any can. */
      readonly categories: readonly ServiceCategory[];
      /** A name that is in no catalogue. */
      readonly unknown: string | undefined;
    };

interface Candidate {
  readonly score: number;
  readonly at: number;
  readonly service?: string;
  readonly mention?: Mention;
  readonly categories?: readonly ServiceCategory[];
  /** The service when no other of its categories is known. */
  readonly fallback?: string;
}

/** Decides which service a clause is about: by name, else by the kind of thing it speaks of. */
export function placeService(tokens: readonly Token[], role: Role, known: KnownServices): Placement {
  const named = mentionsIn(tokens, known.starts);
  // "An SMS with Twilio": the app that sends it is meant, not any.
  const mentions = named.map((mention) => {
    if (mention.service.category !== "built_in") return mention;
    const sender = named.find(({ service }) => builtInOf[service.category] === mention.service.id);
    return sender === undefined ? mention : { ...mention, service: sender.service };
  });
  const candidates = [
    ...mentionCandidates(tokens, role, mentions),
    ...(role === "condition" ? [] : nounCandidates(tokens, role, mentions)),
    ...(role === "action" ? verbCandidates(tokens) : []),
  ].sort((left, right) => right.score - left.score || left.at - right.at);
  const best = candidates.filter(({ score }) => score >= 0 && score === candidates[0]?.score);
  // A name that nobody knows must not be taken for one of the known services.
  const unknown = unknownName(tokens, mentions);
  for (const { service, categories = [], mention } of best) {
    const id = service ?? (unknown === undefined ? resolveCategories(categories, known) : undefined);
    if (id !== undefined) return placed(id, mention, { mentions, tokens, role });
  }
  const categories = best[0]?.categories ?? [];
  const builtIn =
    unknown === undefined ? (best[0]?.fallback ?? builtInOf[categories[0] ?? "built_in"]) : undefined;
  return builtIn === undefined
    ? { kind: "open", categories, unknown }
    : { kind: "placed", services: [builtIn], listed: [] };
}

function placed(
  id: string,
  mention: Mention | undefined,
  clause: { readonly mentions: readonly Mention[]; readonly tokens: readonly Token[]; readonly role: Role },
): Placement {
  const listed =
    mention === undefined || clause.role !== "action"
      ? []
      : listedWith(mention, clause.mentions, clause.tokens);
  const services = [...new Set(listed.map(({ service }) => service.id))];
  const [first, ...others] = services.length > 0 ? services : [id];
  return { kind: "placed", services: [first ?? id, ...others], listed: services.length > 1 ? listed : [] };
}

function resolveCategories(categories: readonly ServiceCategory[], known: KnownServices): string | undefined {
  for (const services of [known.mentioned, known.connected]) {
    for (const category of categories) {
      const found = services.find(
        (service) => service.category === category || builtInOf[category] === service.id,
      );
      if (found !== undefined) return found.id;
    }
  }
  return undefined;
}

function mentionCandidates(tokens: readonly Token[], role: Role, mentions: readonly Mention[]): Candidate[] {
  const takes = verbAt(tokens, 0, "any")?.takes ?? false;
  const medium = role === "action" ? mediumOf(tokens, mentions) : undefined;
  const candidates = mentions.map((mention): Candidate => {
    // "Call me with Twilio": the only app, at the end, is the tool.
    const isTool =
      mentions.length === 1 &&
      mention.last === tokens.length - 1 &&
      wordAt(tokens, mention.first - 1) === "with";
    // "Summarise the tickets with GPT": the model does it.
    const isModel =
      mention.service.category === "ai" &&
      meansWords.test(wordAt(tokens, mention.first - 1)) &&
      verbAt(tokens, 0, "any")?.categories[0] === "ai";
    const isMeans = isModel || (medium !== undefined && meansWords.test(wordAt(tokens, mention.first - 1)));
    const preposition = isMeans ? 3 : isTool ? 0 : prepositionScore(tokens, mention.first, role);
    const goesThere =
      role === "action" && /^(?:to|into|onto)$/u.test(wordAt(tokens, mention.first - 1)) ? 0.5 : 0;
    const bracket = isReachedBy(tokens, mention, mentions) ? -0.5 : 0;
    const taken =
      (takes || isSender(tokens, mention)) && preposition === fromScore
        ? 2.5
        : 2 + preposition + goesThere + bracket;
    const isOrigin =
      role === "action" &&
      (isSource(tokens, mention) || isTold(tokens, mention, medium) || isResult(tokens, mention, mentions));
    const score = isOrigin ? -1 : taken;
    return { score, at: mention.first, service: mention.service.id, mention };
  });
  // Where things come from is where the work is done too when no other place is named.
  return candidates.some(({ score }) => score >= 0)
    ? candidates
    : candidates.map((candidate) => ({ ...candidate, score: candidate.score === -1 ? 0 : candidate.score }));
}

function nounCandidates(tokens: readonly Token[], role: Role, mentions: readonly Mention[]): Candidate[] {
  const tells = role === "action" && (verbAt(tokens, 0, "any")?.tells ?? false);
  const candidates: Candidate[] = [];
  const named = new Set(
    mentions.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, offset) => first + offset),
    ),
  );
  const arrives = tokens.some((token) =>
    /^(?:get|got|receive|received|arrive|arrives|come|comes|new|sends|incoming)$/u.test(token.lower),
  );
  let owned = -2;
  for (let at = 0; at < tokens.length; at++) {
    const noun = nounAt(tokens, at);
    // "Webflow form submission" is about Webflow: nouns right after a name belong to it.
    if (named.has(at)) owned = at;
    if (owned === at || (owned === at - 1 && noun !== undefined)) {
      owned = at + (noun?.length ?? 1) - 1;
      at = owned;
      continue;
    }
    if (
      noun === undefined ||
      (at === 0 && role === "action" && noun.length === 1 && verbAt(tokens, 0, "any") !== undefined)
    )
      continue;
    const preposition = prepositionScore(tokens, at, role);
    const isWay = role === "action" && /^(?:by|via)$/u.test(wordAt(tokens, at - 1)) ? 0.5 : 0;
    const addressee = tells && preposition > 1 && peopleNouns.has(noun.name);
    const score = addressee
      ? -1
      : preposition + isWay + (role === "trigger" ? eventBonus(noun.name, arrives) : 0);
    const service = builtInNouns.get(noun.name);
    const categories = categoryNouns.get(noun.name) ?? [];
    candidates.push(service === undefined ? { score, at, categories } : { score: score + 2, at, service });
    at += noun.length - 1;
  }
  const addresses = addressCandidates(tokens, mentions);
  candidates.push(...(role === "action" ? addresses : addresses.filter(({ fallback }) => fallback)));
  const fills = role === "trigger" && tokens.some(({ lower }) => lower === "fills" || lower === "fill");
  if (fills) candidates.push({ score: 4, at: 0, categories: ["forms"] });
  return candidates;
}

// "#sales" is a channel; an email address says how to reach someone.
function addressCandidates(tokens: readonly Token[], mentions: readonly Mention[]): Candidate[] {
  const namesChat = mentions.some(({ service }) => service.category === "chat");
  return tokens.flatMap((token, at): Candidate[] => {
    if (token.kind === "tag" && /^#\p{L}/u.test(token.text)) {
      const isTarget = isChannel(tokens, at) && !namesChat;
      return [
        { score: isTarget ? 6 : 0.5, at, categories: ["chat"], ...(isTarget && { fallback: "slack" }) },
      ];
    }
    const isEmail = token.kind === "placeholder" ? token.text.startsWith("[EMAIL") : token.text.includes("@");
    return isEmail && token.kind !== "tag" && token.kind !== "quoted"
      ? [{ score: 1, at, categories: ["email"] }]
      : [];
  });
}

// "Post to #sales", "notify #sales", "in the #sales channel"; not "tweet it with #sale".
function isChannel(tokens: readonly Token[], at: number): boolean {
  const before = wordAt(tokens, at - 1);
  if (at === 1 || placePrepositions.has(before)) return true;
  return /^(?:the|our|my)$/u.test(before) && placePrepositions.has(wordAt(tokens, at - 2));
}

// A filled form and an email that arrives are what starts the workflow, whoever the "lead" is that sends them.
function eventBonus(noun: string, arrives: boolean): number {
  const kinds = categoryNouns.get(noun) ?? [];
  if (kinds.includes("forms")) return 4;
  return kinds[0] === "email" && arrives ? 2 : 0;
}

// "Send a reminder from QuickBooks": it is sent there.
const isSender = (tokens: readonly Token[], { first }: Mention) =>
  wordAt(tokens, 0) === "send" &&
  wordAt(tokens, first - 1) === "from" &&
  /^(?:contract|email|invoice|message|quote|receipt|reminder|sms|survey|text)$/u.test(
    wordAt(tokens, first - 2),
  );

// "Email me the deals in HubSpot": an email is not sent in a CRM.
function isTold(
  tokens: readonly Token[],
  { service, first }: Mention,
  medium: ServiceCategory | undefined,
): boolean {
  const before = wordAt(tokens, first - 1);
  const isPlace = meansWords.test(before) || /^(?:to|into)$/u.test(before);
  return medium !== undefined && medium !== service.category && !isPlace;
}

const meansWords = /^(?:via|using|through|with)$/u;

/** The one way that a verb reaches people: "email", "text", "call", "tweet". */
function mediumOf(tokens: readonly Token[], mentions: readonly Mention[] = []): ServiceCategory | undefined {
  const verb = verbAt(tokens, 0, "any");
  // "Post a Slack message about the tasks in Asana"
  const [first] = mentions;
  const isMade = first !== undefined && first.first === 2 && /^(?:an?|the|our)$/u.test(wordAt(tokens, 1));
  if (verb?.tells === true && isMade && /^(?:chat|email|sms)$/u.test(first.service.category))
    return first.service.category;
  // "Call it out in Slack"
  if (wordAt(tokens, 0) === "call" && wordAt(tokens, 1) === "it") return undefined;
  const [category, ...others] = verb?.categories ?? [];
  return others.length === 0 && /^(?:email|sms|phone|social)$/u.test(category ?? "") ? category : undefined;
}

const verbCandidates = (tokens: readonly Token[]): Candidate[] => {
  const categories = verbAt(tokens, 0, "any")?.categories ?? [];
  if (waits(tokens)) return [{ score: 9, at: 0, service: "delay" }];
  const medium = mediumOf(tokens);
  if (medium !== undefined)
    return [{ score: 3.5, at: 0, categories, ...(medium === "social" && { service: "twitter" }) }];
  return categories.length === 0 ? [] : [{ score: categories[0] === "ai" ? 1.5 : 1, at: 0, categories }];
};

// "Wait two days", "pause for an hour"; "pause the campaign" is work in an app.
function waits(tokens: readonly Token[]): boolean {
  if (isLater(tokens, 0)) return true;
  const [word, next] = [wordAt(tokens, 0), wordAt(tokens, 1)];
  if (/^(?:wait|sleep|after)$/u.test(word)) return true;
  return /^(?:delay|pause)$/u.test(word) && !/^(?:the|my|our|their|its|his|her|it|them|all|any)$/u.test(next);
}
