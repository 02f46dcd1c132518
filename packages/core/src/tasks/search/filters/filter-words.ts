// Words that tell filters and text apart, lower case.

/** Say that something is searched, not what; cut off at the ends of what is left for the text. */
export const fillerWords: ReadonlySet<string> = new Set(
  `a about all also an and any anything are as at be by can concerning could currently dated did do docs documents does entries entry every
  everything files find for from get give had has have i in is item items just latest list look looking me mentioning my need newest of on
  one ones only or our please records regarding results search see show stuff still that the their them these thing things
  this those to want was we were what where which who with would you`.split(/\s+/u),
);

/** Between two filters they only join them: "invoices due next week", "contracts signed by Anna". */
export const linkVerbs: ReadonlySet<string> = new Set(
  `added changed created due expiring finished issued made modified opened received sent signed started updated uploaded
  written`.split(/\s+/u),
);

/** Nouns that stand for any document: "my files", "open items". */
export const anyNouns: ReadonlySet<string> = new Set(
  "anything docs documents entries everything files items ones records results stuff things".split(" "),
);

/** What comes after them is what a document is about. */
export const topicWords: ReadonlySet<string> = new Set(
  "about called concerning containing for mentioning named on regarding titled with".split(" "),
);

/** What comes after them is excluded, which is no filter that can be expressed. */
export const negations: ReadonlySet<string> = new Set(
  "except isn't isnt aren't arent never no non not without".split(" "),
);

/** Stand before a status: "that are overdue". */
export const predicates: ReadonlySet<string> = new Set(
  "are as be been being currently is marked remain remains status still was were".split(" "),
);

/** Are verbs before a little word: "open the invoices", "close my tickets". */
export const verbLikeStatuses: ReadonlySet<string> = new Set(
  "active clear close draft live new open order pay publish schedule send".split(" "),
);

/** Names that begin with a word for a state. */
export const fixedPhrases: ReadonlySet<string> = new Set([
  "active directory",
  "closed beta",
  "draft beer",
  "live chat",
  "live stream",
  "open api",
  "open banking",
  "open beta",
  "open source",
  "paid media",
]);

/** Begin a question that a text answers; its words describe a topic. */
export const questionStarts: readonly RegExp[] = [
  /^how (?!many|much)/u,
  /^(?:why|can|could|should|do|does|did|is|are|will|would)(?: |$)/u,
  /^what(?:'s|’s| is| are| does| do| happens)(?= |$)(?! (?:assigned to|mine(?: |$)))/u,
  /^where (?:do|can|should) /u,
  /^who (?:can|should|may) /u,
];

/** Stand before the owner of something; longest first. */
export const ownerIntroductions: readonly (readonly string[])[] = [
  "that belong to",
  "belonging to",
  "assigned to",
  "created by",
  "authored by",
  "managed by",
  "owned by",
  "made by",
  "sent by",
  "shared by",
  "uploaded by",
  "written by",
  "owner",
  "author",
  "by",
  "from",
  "of",
].map((phrase) => phrase.split(" "));

/** Say that something is the caller's own, wherever they stand. */
export const ownPhrases: readonly (readonly string[])[] = [
  "that i created",
  "that i made",
  "that i own",
  "that i wrote",
  "i created",
  "i made",
  "i own",
  "i uploaded",
  "i wrote",
  "of mine",
  "mine",
].map((phrase) => phrase.split(" "));
