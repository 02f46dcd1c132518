import type { LocalEmbedder } from "./embedder.js";
import { stem } from "./stem.js";
import { stopWords } from "./stop-words.js";
import { tokenize } from "./tokenize.js";

/** How to make {@link hashingEmbedder}. */
export interface HashingEmbedderOptions {
  /** Length of each vector. @default 1,024 */
  readonly dimensions?: number | undefined;
}

/** A dimension and what a word adds to it. */
interface Feature {
  readonly dimension: number;
  readonly value: number;
}

const shortestGram = 3;
const longestGram = 5;
/** What the pieces of a word weigh together, squared, beside 1 for its stem. */
const gramShare = 1;
/** Further letters of a word add nothing. */
const longestWord = 32;
const mostRemembered = 4_000;

/**
 * Vectors from words and their pieces of 3 to 5 letters, each hashed to a dimension and a sign: texts with words in
 * common lie close together, and so do words that are written alike. No download, no network, the same everywhere.
 */
export function hashingEmbedder({ dimensions = 1024 }: HashingEmbedderOptions = {}): LocalEmbedder {
  const remembered = new Map<string, readonly Feature[]>();
  const featuresOf = (word: string): readonly Feature[] => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= mostRemembered) remembered.clear();
    const features = hashWord(word, dimensions);
    remembered.set(word, features);
    return features;
  };
  return {
    dimensions,
    isLocal: true,
    embed: (texts) => texts.map((text) => embedText(text, { dimensions, featuresOf })),
  };
}

function embedText(
  text: string,
  { dimensions, featuresOf }: { dimensions: number; featuresOf: (word: string) => readonly Feature[] },
): Float32Array {
  const counts = new Map<string, number>();
  for (const { word } of tokenize(text)) {
    if (!stopWords.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const vector = new Float32Array(dimensions);
  for (const [word, count] of counts) {
    const weight = 1 + Math.log(count);
    for (const { dimension, value } of featuresOf(word)) {
      vector[dimension] = (vector[dimension] ?? 0) + value * weight;
    }
  }
  return scaleToLengthOne(vector);
}

function hashWord(word: string, dimensions: number): readonly Feature[] {
  const padded = `<${word.slice(0, longestWord)}>`;
  const grams: string[] = [];
  for (let size = shortestGram; size <= longestGram; size++) {
    for (let at = 0; at + size <= padded.length; at++) grams.push(padded.slice(at, at + size));
  }
  const gramValue = Math.sqrt(gramShare / Math.max(1, grams.length));
  return [
    toFeature(`=${stem(word)}`, 1, dimensions),
    ...grams.map((gram) => toFeature(gram, gramValue, dimensions)),
  ];
}

function toFeature(name: string, value: number, dimensions: number): Feature {
  const hash = hashOf(name);
  return { dimension: (hash >>> 1) % dimensions, value: (hash & 1) === 0 ? value : -value };
}

/** FNV-1a over UTF-16 code units, stirred so that the lowest bit is as good as the others. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function scaleToLengthOne(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}
