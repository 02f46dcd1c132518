import type { ServiceCategory } from "../services/service.js";

/** What is known about a verb that can start an action. */
export interface ActionVerb {
  /** It is a noun too ("email", "order"), so it only counts before "me", "the", "a", a name … */
  readonly nounToo: boolean;
  /** It speaks to a person: "send", "tell". */
  readonly tells: boolean;
  /** It gets things out of where they are: "get rows from", "remove them from". */
  readonly takes: boolean;
  /** What kind of service does it when the sentence says no more, best first. */
  readonly categories: readonly ServiceCategory[];
}

const words = (text: string) => text.split(/\s+/u);

const verbsOnly =
  words(`add allocate ban congratulate crawl decline decrypt encrypt execute greet hide organise organize paste proofread
  rephrase thank unhide welcome analyse analyze announce append approve archive ask assign attach automate
  broadcast calculate cancel capture categorise categorize check classify collect compare compile compress compute confirm
  connect convert create deactivate deduplicate delete deliver deploy disable discard dispatch distribute download dump
  duplicate enable enrich enroll ensure enter escalate export extract fetch gather fill find finish forward generate get give
  grant import increment inform insert inspect keep load look lookup make mark merge migrate move notify obtain parse prepare
  produce provision publish pull put read reassign reconcile reduce reject remind remove rename render reorder reschedule resend replace reply
  resize resolve respond restart restore retrieve revoke rewrite rotate save scrape select send set
  shorten show skip store submit subscribe subtract summarise summarize suspend sync synchronise synchronize take tell
  transcribe translate trim unassign unlock unpublish unsubscribe update upload upsert use validate verify warn write`);

const nounsToo =
  words(`alert back backup bill block book bookmark call charge clean close comment contact copy count delay
  display dm document draft drop email edit file filter flag group invite invoice issue label launch let like link list
  log mail message mirror msg monitor note offer open order page pause phone pin ping plan post print process push queue rank
  rate record refund report request reset retry return review route run scan schedule score search share sign slack
  sleep snooze sort split star start stop sum switch tag text track transfer trigger turn tweet wait watch`);

/** What a verb says about the service that does it. */
const categoriesOf: readonly (readonly [verbs: string, categories: readonly ServiceCategory[]])[] = [
  ["email mail", ["email"]],
  ["text", ["sms"]],
  ["message msg dm ping slack", ["chat"]],
  ["notify alert tell inform remind welcome greet congratulate thank", ["chat", "email", "sms"]],
  ["call phone", ["phone"]],
  ["tweet", ["social"]],
  ["charge refund", ["payments"]],
  ["invoice bill", ["accounting", "payments"]],
  ["summarise summarize translate classify categorise categorize rewrite analyse analyze transcribe", ["ai"]],
  ["schedule book", ["calendar"]],
  ["backup", ["storage"]],
  ["subscribe unsubscribe", ["marketing"]],
];

const tellingVerbs = new Set(
  words(`alert announce broadcast call dm email forward inform invite mail message msg notify phone ping post publish remind welcome greet thank congratulate
    reply respond send share slack tell text tweet warn write`),
);

const takingVerbs = new Set(
  words(`collect delete download gather export extract fetch get list load look lookup obtain pull read remove retrieve revoke scrape
    select take unassign unsubscribe`),
);

const entry = (verb: string, nounToo: boolean): [string, ActionVerb] => [
  verb,
  {
    nounToo,
    tells: tellingVerbs.has(verb),
    takes: takingVerbs.has(verb),
    categories: categoriesOf.find(([verbs]) => words(verbs).includes(verb))?.[1] ?? [],
  },
];

/** Verbs that start actions, in their base form. */
export const actionVerbs: ReadonlyMap<string, ActionVerb> = new Map([
  ...verbsOnly.map((verb) => entry(verb, false)),
  ...nounsToo.map((verb) => entry(verb, true)),
]);
