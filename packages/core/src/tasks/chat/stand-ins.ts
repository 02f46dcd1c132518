import { editDistance } from "../services/edit-distance.js";
import { synonyms } from "./synonyms.js";

/** A stem of the index that stands for a word of the question. */
export interface StandIn {
  readonly stem: string;
  /** 1 for the word itself, less for a synonym or a typo. */
  readonly weight: number;
}

const synonymWeight = 0.6;
const typoWeight = 0.8;
const mostTypos = 8;

/** Finds what the index has for a stem: itself and its synonyms; else words that it is a typo or a beginning of. */
export function createStandIns(stems: ReadonlySet<string>): (stem: string) => readonly StandIn[] {
  const byFirstLetter = new Map<string, string[]>();
  for (const stem of stems) {
    const same = byFirstLetter.get(stem.charAt(0)) ?? [];
    same.push(stem);
    byFirstLetter.set(stem.charAt(0), same);
  }
  return function standInsFor(stem) {
    const itself = stems.has(stem) ? [{ stem, weight: 1 }] : [];
    const alike = (synonyms.get(stem) ?? []).filter((other) => other !== stem && stems.has(other));
    const found = [...itself, ...alike.map((other) => ({ stem: other, weight: synonymWeight }))];
    if (found.length > 0 || stem.length < 4) return found;
    return (byFirstLetter.get(stem.charAt(0)) ?? [])
      .filter((other) => isTypo(stem, other) || isBeginning(stem, other))
      .slice(0, mostTypos)
      .map((other) => ({ stem: other, weight: typoWeight }));
  };
}

function isTypo(typed: string, known: string): boolean {
  const most = typed.length < 8 ? 1 : 2;
  return known.length > 3 && editDistance(typed, known, most) <= most;
}

const isBeginning = (left: string, right: string) =>
  Math.min(left.length, right.length) > 4 && (left.startsWith(right) || right.startsWith(left));
