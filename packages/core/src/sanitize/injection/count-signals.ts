import { decodePayloads, readPercents } from "./decode-payloads.js";
import { foldWords } from "./fold-words.js";
import { findHiddenText } from "./hidden-text.js";
import { type InjectionSignal, type InjectionSignalName, injectionSignals } from "./injection-signals.js";
import type { InjectionConcept } from "./injection-words.js";
import { type ConceptHit, type ReadConcepts, readConcepts } from "./read-concepts.js";

/** How often each trait occurs, up to its `most`; those that do not occur are absent. */
export type SignalCounts = ReadonlyMap<InjectionSignalName, number>;

const signals = Object.entries(injectionSignals) as [InjectionSignalName, InjectionSignal][]; // its own keys
const none: readonly ConceptHit[] = [];

/** Counts the traits of a text, of what is hidden in it and of what is encoded in it. */
export function countSignals(text: string): SignalCounts {
  const counts = new Map<InjectionSignalName, number>();
  const hidden = findHiddenText(text);
  const payloads = decodePayloads(text);
  countPlain(readPercents(text) ?? text, counts);
  const before = counts.size;
  for (const written of [hidden.text, ...payloads]) if (written !== "") countPlain(written, counts);
  if (hidden.isThere) counts.set("hidden_text", 1);
  if (payloads.length > 0) counts.set("encoded_text", 1);
  if (payloads.length > 0 && counts.size > before + 1) counts.set("encoded_order", 1);
  return counts;
}

function countPlain(text: string, counts: Map<InjectionSignalName, number>): void {
  const read = readConcepts(text);
  const folded = foldWords(text);
  for (const [name, signal] of signals) {
    const { most = 1 } = signal;
    const found = name === "disguised" ? read.disguised : countOne(signal, folded, read);
    if (found > 0) counts.set(name, Math.max(counts.get(name) ?? 0, Math.min(found, most)));
  }
}

function countOne(
  { words, within = 0, follows = false, unless, form, most = 1, longerThan = 0 }: InjectionSignal,
  folded: string,
  { hits }: ReadConcepts,
): number {
  if (folded.length <= longerThan) return 0;
  if (form !== undefined) return countMatches(folded, form, most);
  const [first, ...others] = words ?? [];
  if (first === undefined) return 0;
  const anchors = hits.get(first) ?? none;
  if (others.length === 0) return new Set(anchors.map(({ word }) => word)).size;
  const isNear = (concept: InjectionConcept, at: number) =>
    isWithin(hits.get(concept) ?? none, follows ? at : at - within, at + within);
  const matches = anchors.filter(
    ({ at }) =>
      others.every((concept) => isNear(concept, at)) && !(unless !== undefined && isNear(unless, at)),
  );
  return matches.length;
}

function countMatches(text: string, form: RegExp, most: number): number {
  let count = 0;
  for (const _ of text.matchAll(form)) if (++count === most) break;
  return count;
}

/** Whether a hit stands between two places. Hits stand in the order of the text. */
function isWithin(hits: readonly ConceptHit[], first: number, last: number): boolean {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.at ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  return (hits[low]?.at ?? Number.POSITIVE_INFINITY) <= last;
}
