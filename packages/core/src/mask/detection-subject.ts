import type { StringPath } from "../map-strings.js";
import { type ContextWords, plainWords } from "./context-words.js";
import type { DetectionSubject } from "./detectors/detector.js";

/** A value stands under its key, or one level below: `"ssn": { "value": … }`. */
const keysThatCount = 2;
/** How far context reaches: words, and characters at most. */
const reachBefore = { words: 8, characters: 96 };
const reachAfter = { words: 5, characters: 64 };

/** Makes what detectors look at. `text` is folded. */
export function detectionSubject(text: string, path: StringPath): DetectionSubject {
  const computed = new Map<unknown, unknown>();
  // Many detectors ask about the same place; in most texts none does.
  let before: Map<number, string> | undefined;
  let after: Map<number, string> | undefined;
  let key: string | undefined;
  const hasKey = (words: ContextWords) => {
    key ??= nearestKeys(path);
    return key !== "" && words.isIn(key);
  };
  const subject: DetectionSubject = {
    text,
    path,
    hasKey,
    near({ start, end }, words) {
      if (hasKey(words)) return "key";
      before ??= new Map();
      after ??= new Map();
      const isNear =
        words.isIn(kept(before, start, () => wordsBefore(text, start))) ||
        words.isIn(kept(after, end, () => wordsAfter(text, end)));
      return isNear ? "context" : undefined;
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

function kept(places: Map<number, string>, at: number, read: () => string): string {
  const known = places.get(at);
  if (known !== undefined) return known;
  const words = read();
  places.set(at, words);
  return words;
}

/** The two innermost keys of the path as plain words; an index is none. */
function nearestKeys(path: StringPath): string {
  const keys = path.filter((part) => typeof part === "string").slice(-keysThatCount);
  return keys.length === 0 ? "" : plainWords(keys.join(" "));
}

function wordsBefore(text: string, start: number): string {
  const near = text.slice(Math.max(0, start - reachBefore.characters), start);
  if (!near.includes("\n")) return lastWords(near, reachBefore.words);
  const line = near.slice(near.lastIndexOf("\n") + 1);
  const isLineStart = line.trim() === "";
  const above = isLineStart ? near.trimEnd() : line;
  return lastWords(above.slice(above.lastIndexOf("\n") + 1), reachBefore.words);
}

function wordsAfter(text: string, end: number): string {
  const near = text.slice(end, end + reachAfter.characters);
  const lineEnd = near.indexOf("\n");
  return firstWords(lineEnd === -1 ? near : near.slice(0, lineEnd), reachAfter.words);
}

/** The last `count` plain words of a text, with spaces around them. */
function lastWords(text: string, count: number): string {
  const plain = plainWords(text);
  let space = plain.length - 1;
  for (let word = 0; word < count && space > 0; word += 1) space = plain.lastIndexOf(" ", space - 1);
  return space > 0 ? plain.slice(space) : plain;
}

/** The first `count` plain words of a text, with spaces around them. */
function firstWords(text: string, count: number): string {
  const plain = plainWords(text);
  let space = 0;
  for (let word = 0; word < count && space !== -1; word += 1) space = plain.indexOf(" ", space + 1);
  return space === -1 ? plain : plain.slice(0, space + 1);
}
