import { GatewayError } from "../errors/gateway-error.js";
import type { JsonCursor, JsonText, LooseJson } from "./loose-json.js";
import { readLooseString } from "./read-loose-string.js";

/** Deepest nesting of a reply that is read. */
export const maxJsonDepth = 100;

/** Words that stand for a value in JSON, JavaScript or Python. `null` is what JSON writes for NaN. */
const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
  ["NaN", null],
]);
const numberShape = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const bareKey = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;
const bareValue = /[\w.+-]+/y;

/** A value that was read; absent when the end of the text may have cut it. */
type Entry = { readonly value: unknown } | undefined;

/**
 * Reads one object or array, in one pass. Beside JSON it takes comments, a comma before a closing bracket,
 * single quotes, keys without quotes, raw line breaks in strings, Python's words, and missing brackets at the end of
 * the text. Everything else would be a guess and is refused: missing commas and values, quotes within quotes, values
 * without quotes. What the end of the text may have cut is left out, never completed.
 *
 * @throws `invalid_output`
 */
export function readLooseJson({ text, start, cutOff }: JsonText): LooseJson {
  const cursor: JsonCursor = { text, cutOff, at: start, end: "whole" };
  const entry = readEntry(cursor, 0);
  return { value: entry?.value, end: cursor.end, endsAt: cursor.at };
}

function readEntry(cursor: JsonCursor, depth: number): Entry {
  const character = nextCharacter(cursor);
  if (character === "{" || character === "[") {
    if (depth === maxJsonDepth) throw unreadable();
    return { value: character === "{" ? readObject(cursor, depth + 1) : readArray(cursor, depth + 1) };
  }
  if (!isQuote(character)) return readBare(cursor);
  const value = readLooseString(cursor);
  return value === undefined ? undefined : { value };
}

function readArray(cursor: JsonCursor, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let more = hasFirst(cursor, "]"); more; more = hasNext(cursor, "]")) {
    const item = readEntry(cursor, depth);
    const isWhole = cursor.end === "whole" || !cursor.cutOff;
    if (item !== undefined && isWhole) items.push(item.value);
  }
  return items;
}

function readObject(cursor: JsonCursor, depth: number): object {
  const entries: [string, unknown][] = [];
  for (let more = hasFirst(cursor, "}"); more; more = hasNext(cursor, "}")) {
    const key = isQuote(nextCharacter(cursor)) ? readLooseString(cursor) : matched(cursor, bareKey);
    const colon = nextCharacter(cursor);
    if (colon !== "" && colon !== ":") throw unreadable();
    cursor.at++;
    const entry = readEntry(cursor, depth);
    if (key !== undefined && entry !== undefined) entries.push([key, entry.value]);
  }
  return Object.fromEntries(entries); // defines properties, so that "__proto__" stays an ordinary key
}

/** A number or a word. At the end of the text only a whole word counts: a number may have lost its last digits. */
function readBare(cursor: JsonCursor): Entry {
  if (cursor.at >= cursor.text.length) return broken(cursor);
  const found = matched(cursor, bareValue);
  const word = words.get(found);
  if (word !== undefined) return { value: word };
  if (cursor.at === cursor.text.length) return broken(cursor);
  if (!numberShape.test(found)) throw unreadable();
  return { value: Number(found) };
}

function broken(cursor: JsonCursor): undefined {
  cursor.end = "broken";
}

/** Passes an opening bracket: whether an entry follows. */
function hasFirst(cursor: JsonCursor, close: string): boolean {
  cursor.at++;
  return opensEntry(cursor, close);
}

/** After an entry: whether another one follows. */
function hasNext(cursor: JsonCursor, close: string): boolean {
  const character = nextCharacter(cursor);
  if (character === ",") {
    cursor.at++;
    return opensEntry(cursor, close);
  }
  if (character === close) cursor.at++;
  else if (character !== "") throw unreadable();
  else if (cursor.end === "whole") cursor.end = "unclosed";
  return false;
}

/** Where an entry or the closing bracket must follow; the end of the text may have cut either. */
function opensEntry(cursor: JsonCursor, close: string): boolean {
  const character = nextCharacter(cursor);
  if (character === "") broken(cursor);
  else if (character === close) cursor.at++;
  else return true;
  return false;
}

/** The next character that is neither white space nor part of a comment; empty at the end of the text. */
function nextCharacter(cursor: JsonCursor): string {
  const { text } = cursor;
  for (; cursor.at < text.length; cursor.at++) {
    const character = text.charAt(cursor.at);
    if (character === "/") {
      if (!skipsComment(cursor)) return character;
    } else if (!isSpace(character)) return character;
  }
  cursor.at = text.length;
  return "";
}

/** Moves to the last character of the comment at the cursor, if one begins there. */
function skipsComment(cursor: JsonCursor): boolean {
  const { text, at } = cursor;
  const mark = text[at + 1];
  if (mark !== "/" && mark !== "*") return false;
  const end = mark === "/" ? text.indexOf("\n", at) : text.indexOf("*/", at + 2) + 1;
  if (mark === "*" && end === 0) broken(cursor);
  cursor.at = end > 0 ? end : text.length;
  return true;
}

function matched(cursor: JsonCursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) throw unreadable();
  cursor.at += found.length;
  return found;
}

const isQuote = (character: string) => character === '"' || character === "'";
const isSpace = (character: string) => character <= " " || character === "\u00a0" || character === "\ufeff";

const unreadable = () => new GatewayError("invalid_output", "The reply is not JSON."); // no cause: it would quote the reply
