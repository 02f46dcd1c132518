import { GatewayError } from "../errors/gateway-error.js";
import type { JsonCursor } from "./loose-json.js";

/** What the character after a backslash stands for. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * Reads the string at the cursor up to the quote that opened it. Raw line breaks are part of it, and so is the
 * backslash of an escape that JSON does not know (`C:\data`). `undefined` when the text ends first.
 *
 * @throws `invalid_output` for a `\u` without its four digits.
 */
export function readLooseString(cursor: JsonCursor): string | undefined {
  const { text } = cursor;
  const quote = text[cursor.at];
  const pieces: string[] = [];
  let from = cursor.at + 1;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === quote) {
      cursor.at = at + 1;
      pieces.push(text.slice(from, at));
      return pieces.length === 1 ? pieces[0] : pieces.join("");
    }
    if (character !== "\\") continue;
    const last = at + (text[at + 1] === "u" ? 5 : 1);
    if (last >= text.length) break;
    pieces.push(text.slice(from, at), unescaped(text.slice(at + 1, last + 1)));
    at = last;
    from = at + 1;
  }
  cursor.at = text.length;
  cursor.end = "broken";
  return undefined;
}

function unescaped(sequence: string): string {
  if (!sequence.startsWith("u")) return escapes.get(sequence) ?? `\\${sequence}`;
  if (!/^u[\da-f]{4}$/i.test(sequence)) throw new GatewayError("invalid_output", "The reply is not JSON.");
  return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
}
