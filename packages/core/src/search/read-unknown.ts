import { type CallerView, countVisible } from "./caller-view.js";
import { stem } from "./stem.js";
import { stopWords } from "./stop-words.js";
import { typingCost } from "./typing-cost.js";
import type { WordIndex } from "./word-index.js";

/** A stem of the index that stands for a word of the query. */
export interface StandIn {
  readonly stem: string;
  /** 1 for the word itself; less for a synonym or a repair. */
  readonly weight: number;
}

/** What an unknown word is read as. */
export interface UnknownReading {
  /** The known word, or the two. */
  readonly readAs: string;
  /** None for a stop word. */
  readonly standIns: readonly StandIn[];
}

/** What the likeliest repair counts beside the word itself, and the rivals behind it. */
const repairWeights = [0.95, 0.5, 0.35];
/** A second repair stands in only when it is nearly as likely as the first. */
const rivalMargin = 0.6;
/** What each of two words counts that were written as one. */
const halfWeight = 0.5;
const shortestHalf = 3;
const shortestStopWord = 3;
/** One likely slip: "whihc", "teh". Stop words are so frequent that they win against rarer words at that cost. */
const slip = 0.9;
const isNumber = /^\d+$/;
const longStopWords = [...stopWords].filter((word) => word.length >= shortestStopWord);

/**
 * Reads a word that no visible document has as one that was meant; undefined when nothing comes near. A number is not a
 * misspelt word.
 */
export function readUnknown(
  word: string,
  search: {
    readonly index: WordIndex;
    readonly view: CallerView;
    readonly countOf: (stem: string) => number;
  },
): UnknownReading | undefined {
  if (isNumber.test(word)) return undefined;
  const { index, view, countOf } = search;
  const repairs = index.vocabulary.repairsOf(word, ({ slots }) => countVisible(slots, view));
  const [best] = repairs;
  const stopWord = stopWordMeant(word);
  if (stopWord !== undefined && (best === undefined || typingCost(word, best.word) > stopWord.cost)) {
    return { readAs: stopWord.word, standIns: [] };
  }
  if (best === undefined) return readTwo(word, countOf);
  const rivals = repairs.filter(({ cost }) => cost <= best.cost + rivalMargin);
  const stems = [...new Set(rivals.map(({ stem }) => stem))].slice(0, repairWeights.length);
  const standIns = stems.map((stem, at) => ({ stem, weight: repairWeights[at] ?? 0 }));
  return { readAs: best.word, standIns };
}

function stopWordMeant(word: string): { readonly word: string; readonly cost: number } | undefined {
  let best: { word: string; cost: number } | undefined;
  for (const known of longStopWords) {
    // A slip at the first letter costs more than one slip may, unless it is swapped with the second.
    const canBegin = known[0] === word[0] || known[0] === word[1];
    if (!canBegin || Math.abs(known.length - word.length) > 1) continue;
    const cost = typingCost(word, known);
    if (cost <= slip && (best === undefined || cost < best.cost)) best = { word: known, cost };
  }
  return best;
}

/** Two known words that were written as one; of several, the pair whose rarer word is most frequent. */
function readTwo(word: string, countOf: (stem: string) => number): UnknownReading | undefined {
  let best: UnknownReading | undefined;
  let most = 0;
  for (let at = shortestHalf; at <= word.length - shortestHalf; at++) {
    const halves = [word.slice(0, at), word.slice(at)];
    const stems = halves.map(stem);
    const count = Math.min(...stems.map(countOf));
    if (count <= most) continue;
    most = count;
    best = { readAs: halves.join(" "), standIns: stems.map((stem) => ({ stem, weight: halfWeight })) };
  }
  return best;
}
