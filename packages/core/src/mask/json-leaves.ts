import type { StringPath } from "../map-strings.js";
import type { Span } from "./detectors/detector.js";
import { jsonText } from "./text-format.js";

/** A string, a key or a number of a JSON document, from `start` to `end` of it, with its quotes. */
export interface JsonLeaf extends Span {
  readonly text: string;
  /** The two innermost keys that lead to it; none for a key. */
  readonly path: StringPath;
  /** Where a part of `text` is written in the document. */
  toOriginal(span: Span): Span;
}

const isOpening = /^\s{0,64}[[{]/;
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|-?\d[\d.eE+-]*/gs;
/** Context is the key and the one it stands under: `"ssn": { "value": … }`. */
const keysOfPath = 2;

/** The leaves of a text that is a JSON object or array; `undefined` when it is none. */
export function jsonLeaves(json: string): readonly JsonLeaf[] | undefined {
  if (!isOpening.test(json) || !isJson(json)) return undefined;
  const leaves: JsonLeaf[] = [];
  /** For each open object or array the keys of what is being read in it. */
  const paths: StringPath[] = [[]];
  let held: Written | undefined;
  for (const { 0: match, index } of json.matchAll(token)) {
    const path = paths.at(-1) ?? [];
    if (match === ":" && held !== undefined) {
      const key = leafAt(held, []);
      leaves.push(key);
      const outer = paths.at(-2) ?? [];
      paths[paths.length - 1] = [...outer, key.text].slice(-keysOfPath);
      held = undefined;
    } else if (match.length > 1 || /\d/.test(match)) {
      held = { written: match, start: index };
    } else {
      if (held !== undefined) leaves.push(leafAt(held, path));
      held = undefined;
      if (match === "{" || match === "[") paths.push(path);
      else if (match !== ",") paths.pop();
    }
  }
  return leaves;
}

interface Written {
  readonly written: string;
  readonly start: number;
}

function leafAt({ written, start }: Written, path: StringPath): JsonLeaf {
  const end = start + written.length;
  if (!written.startsWith('"')) {
    const toOriginal = (span: Span) => ({ start: start + span.start, end: start + span.end });
    return { text: written, path, start, end, toOriginal };
  }
  const decoded = jsonText.decode(written.slice(1, -1));
  const placeOf = (index: number) => start + 1 + decoded.startOf(index);
  return {
    text: decoded.text,
    path,
    start,
    end,
    toOriginal: (span) => ({ start: placeOf(span.start), end: placeOf(span.end) }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
