import { foldText } from "./folded-text.js";

/**
 * Makes the test for values that are never hidden. `*` in an entry stands for any characters: `*@example.com`. Case and
 * Unicode forms don't matter.
 */
export function createExclusions(entries: readonly string[]): (value: string) => boolean {
  const whole = new Set<string>();
  const patterns: (readonly string[])[] = [];
  for (const entry of entries) {
    const folded = fold(entry);
    if (folded.includes("*")) patterns.push(folded.split("*"));
    else whole.add(folded);
  }
  if (entries.length === 0) return () => false;
  return (value) => {
    const folded = fold(value);
    return whole.has(folded) || patterns.some((pieces) => fits(folded, pieces));
  };
}

const fold = (text: string) => foldText(text).text.trim().toLowerCase();

/** Whether `text` is the pieces in their order with anything between them. */
function fits(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
