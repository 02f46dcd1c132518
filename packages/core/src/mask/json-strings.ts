import type { Span } from "./detectors/detector.js";
import { jsonText } from "./text-format.js";

/** A string of a JSON document. */
export interface JsonString {
  readonly text: string;
  /** The key that it, or the list it is in, is assigned to; empty at the root. */
  readonly key: string;
  /** Where a part of `text` is written in the document. */
  toOriginal(span: Span): Span;
}

const isOpening = /^\s{0,64}[[{]/;
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]/gs;

/** The strings of a text that is a JSON object or array, keys not among them. */
export function* jsonStrings(json: string): Iterable<JsonString> {
  if (!isOpening.test(json) || !isJson(json)) return;
  /** For each open object or array the key of what is being read in it. */
  const keys: string[] = [""];
  let held: { readonly written: string; readonly start: number } | undefined;
  for (const { 0: match, index } of json.matchAll(token)) {
    if (match.startsWith('"')) held = { written: match.slice(1, -1), start: index + 1 };
    else if (match === ":") {
      keys[keys.length - 1] = jsonText.decode(held?.written ?? "").text;
      held = undefined;
    } else {
      if (held !== undefined) yield stringAt(held, keys.at(-1) ?? "");
      held = undefined;
      if (match === "{" || match === "[") keys.push(keys.at(-1) ?? "");
      else if (match !== ",") keys.pop();
    }
  }
}

function stringAt(
  { written, start }: { readonly written: string; readonly start: number },
  key: string,
): JsonString {
  const decoded = jsonText.decode(written);
  return {
    text: decoded.text,
    key,
    toOriginal: (span) => ({
      start: start + decoded.startOf(span.start),
      end: start + decoded.startOf(span.end),
    }),
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
