import { monthNumbers } from "./date-words.js";
import { filterCertainty } from "./filter-certainty.js";
import { ownerIntroductions, ownPhrases } from "./filter-words.js";
import type { KnownValues } from "./known-values.js";
import type { FilterReading, QueryDraft } from "./query-draft.js";

const mostNameWords = 4;

/** Reads whose documents are meant: "by Anna", "Anna Smith's", an e-mail address, "that I created". */
export function readOwner(draft: QueryDraft, known: KnownValues): FilterReading<string> | undefined {
  for (let place = 0; place < draft.words.length; place++) {
    const found = introduced(draft, known, place) ?? own(draft, known, place) ?? bare(draft, known, place);
    if (found === undefined) continue;
    // "By Anna or Ben": one of them alone would leave out the other's.
    if (isJoint(draft, found.end) && longestName(draft, known, found.end + 1) !== undefined) return undefined;
    draft.take(place, found.end);
    return { value: found.value, certainty: found.certainty };
  }
  return undefined;
}

const isJoint = (draft: QueryDraft, place: number) =>
  draft.isFree(place) && ["and", "or"].includes(draft.words[place]?.plain ?? "");

interface Found {
  readonly value: string;
  readonly end: number;
  readonly certainty: number;
}

const startsWith = (draft: QueryDraft, place: number, phrase: readonly string[]) =>
  phrase.every((word, at) => draft.isFree(place + at) && draft.words[place + at]?.plain === word);

function introduced(draft: QueryDraft, known: KnownValues, place: number): Found | undefined {
  const phrase = ownerIntroductions.find((each) => startsWith(draft, place, each));
  if (phrase === undefined) return undefined;
  const start = place + phrase.length;
  if (draft.isFree(start) && draft.words[start]?.plain === "me")
    return known.self === undefined
      ? undefined
      : { value: known.self, end: start + 1, certainty: filterCertainty.caller };
  return longestName(draft, known, start);
}

function own(draft: QueryDraft, { self }: KnownValues, place: number): Found | undefined {
  const phrase = ownPhrases.find((each) => startsWith(draft, place, each));
  return phrase && self !== undefined
    ? { value: self, end: place + phrase.length, certainty: filterCertainty.caller }
    : undefined;
}

/** A name without a word before it counts when it can be nothing else: in full, an address, "@anna", "Anna's". */
function bare(draft: QueryDraft, known: KnownValues, place: number): Found | undefined {
  const found = longestName(draft, known, place);
  if (found === undefined) return undefined;
  const words = draft.words.slice(place, found.end);
  const isClear =
    words.length > 1 || words[0]?.plain.includes("@") === true || words[0]?.isPossessive === true;
  return isClear ? found : undefined;
}

function longestName(draft: QueryDraft, known: KnownValues, start: number): Found | undefined {
  for (let length = mostNameWords; length > 0; length--) {
    const places = Array.from({ length }, (_, at) => start + at);
    if (!places.every((place) => draft.isFree(place))) continue;
    const words = places.map((place) => draft.words[place]);
    if (words.slice(0, -1).some((word) => word?.isPossessive === true)) continue;
    const name = words.map((word) => word?.plain).join(" ");
    const found = known.owners.find(name) ?? known.owners.find(name.replace(/^@/u, ""));
    // "From April" says when or who: it is not clear which.
    if (monthNumbers.has(name) && words[0]?.isPossessive !== true) continue;
    if (found === undefined) continue;
    const isFull = found.isExact || length > 1;
    const certainty = isFull ? filterCertainty.fullName : filterCertainty.partOfName;
    return { value: found.value, end: start + length, certainty };
  }
  return undefined;
}
