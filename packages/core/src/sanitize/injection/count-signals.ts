import { decodePayloads, readPercents } from "./decode-payloads.js";
import { foldWords } from "./fold-words.js";
import { findHiddenText } from "./hidden-text.js";
import { type InjectionSignal, type InjectionSignalName, injectionSignals } from "./injection-signals.js";
import type { InjectionConcept } from "./injection-words.js";
import { type ConceptHit, type ReadConcepts, readConcepts } from "./read-concepts.js";
import { formSign } from "./split-words.js";

/** How often each trait occurs, up to its `most`; those that do not occur are absent. */
export type SignalCounts = ReadonlyMap<InjectionSignalName, number>;

/** A signal with all its defaults. All have one shape: dozens are read for each text, and mixed shapes are slow to read. */
interface Trait extends Required<Omit<InjectionSignal, "reason" | "words" | "unless" | "form">> {
  readonly name: InjectionSignalName;
  readonly anchor: InjectionConcept | undefined;
  /** What must stand near the anchor. */
  readonly others: readonly InjectionConcept[];
  readonly unless: InjectionConcept | undefined;
  readonly form: RegExp | undefined;
  /** Whether each text of the form has a sign of {@link formSign}. */
  readonly needsSign: boolean;
}

const entries = Object.entries(injectionSignals) as [InjectionSignalName, InjectionSignal][]; // its own keys
const traits = entries.map(([name, signal]): Trait => {
  const {
    words = [],
    within = 0,
    follows = false,
    unless,
    form,
    needs = [""],
    most = 1,
    longerThan = 0,
  } = signal;
  const [anchor, ...others] = words;
  const needsSign = needs.every((part) => formSign.test(part));
  return { name, anchor, others, within, follows, unless, form, needs, needsSign, most, longerThan };
});

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
  const folded = foldWords(text);
  const read = readConcepts(folded);
  for (const trait of traits) {
    const { name, most } = trait;
    const found = name === "disguised" ? read.disguised : countOne(trait, folded, read);
    if (found > 0) counts.set(name, Math.max(counts.get(name) ?? 0, Math.min(found, most)));
  }
}

function countOne(trait: Trait, folded: string, { hits, hasFormSigns }: ReadConcepts): number {
  const { anchor, others, longerThan, form, needs, needsSign } = trait;
  if (folded.length <= longerThan) return 0;
  if (form !== undefined) {
    const mayBeThere = (hasFormSigns || !needsSign) && needs.some((part) => folded.includes(part));
    return mayBeThere ? (folded.match(form)?.length ?? 0) : 0;
  }
  const anchors = anchor === undefined ? undefined : hits.get(anchor);
  if (anchors === undefined) return 0;
  if (others.length === 0) return new Set(anchors.map(({ word }) => word)).size;
  return anchors.filter(({ at }) => standsAmong(trait, at, hits)).length;
}

/** Whether all that belongs to an anchor is near it, and nothing that makes it harmless. */
function standsAmong(
  { others, within, follows, unless }: Trait,
  at: number,
  hits: ReadConcepts["hits"],
): boolean {
  const isNear = (concept: InjectionConcept) =>
    isWithin(hits.get(concept) ?? [], follows ? at : at - within, at + within);
  return others.every(isNear) && !(unless !== undefined && isNear(unless));
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
