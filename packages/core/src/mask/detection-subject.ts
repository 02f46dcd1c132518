import type { StringPath } from "../map-strings.js";
import { type ContextWords, firstPlainWords, lastPlainWords, plainWords } from "./context-words.js";
import type { DetectionSubject, Span } from "./detectors/detector.js";

/** A value stands under its key, or one level below: `"ssn": { "value": … }`. */
const keysThatCount = 2;
/** How far context reaches: words, and characters at most. */
const reachBefore = { words: 8, characters: 96 };
const reachAfter = { words: 5, characters: 64 };

/** Makes what detectors look at. `text` is folded. */
export function detectionSubject(text: string, path: StringPath): DetectionSubject {
  const computed = new Map<unknown, unknown>();
  // The same place is asked about for many kinds of words.
  let asked: Span = { start: -1, end: -1 };
  let before = "";
  let after = "";
  let key: string | undefined;
  const hasKey = (words: ContextWords) => {
    key ??= nearestKeys(path);
    return key !== "" && words.isIn(key);
  };
  const subject: DetectionSubject = {
    text,
    path,
    hasKey,
    near(span, words) {
      if (hasKey(words)) return "key";
      if (span.start !== asked.start) before = wordsBefore(text, span.start);
      if (span.end !== asked.end) after = wordsAfter(text, span.end);
      asked = span;
      return words.isIn(before) || words.isIn(after) ? "context" : undefined;
    },
    once<Result>(compute: (text: string, subject: DetectionSubject) => Result): Result {
      const known = computed.get(compute);
      if (known !== undefined) return known as Result;
      const result = compute(text, subject);
      computed.set(compute, result);
      return result;
    },
  };
  return subject;
}

/** The two innermost keys of the path as plain words; an index is none. */
function nearestKeys(path: StringPath): string {
  const keys = path.filter((part) => typeof part === "string").slice(-keysThatCount);
  return keys.length === 0 ? "" : plainWords(keys.join(" "));
}

function wordsBefore(text: string, start: number): string {
  const near = text.slice(Math.max(0, start - reachBefore.characters), start);
  if (!near.includes("\n")) return lastPlainWords(near, reachBefore.words);
  const line = near.slice(near.lastIndexOf("\n") + 1);
  const isLineStart = line.trim() === "";
  const above = isLineStart ? near.trimEnd() : line;
  return lastPlainWords(above.slice(above.lastIndexOf("\n") + 1), reachBefore.words);
}

function wordsAfter(text: string, end: number): string {
  const near = text.slice(end, end + reachAfter.characters);
  const lineEnd = near.indexOf("\n");
  return firstPlainWords(lineEnd === -1 ? near : near.slice(0, lineEnd), reachAfter.words);
}
