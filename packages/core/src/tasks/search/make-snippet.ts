import type { Highlight } from "../../search/search-index.js";
import { mostHighlights, mostSnippetCharacters, type SnippetHighlight } from "./search-result.js";

/** A part of a text and the words of the query in it. */
export interface Snippet {
  readonly snippet: string;
  readonly highlights: readonly SnippetHighlight[];
}

const ellipsis = "…";
/** Characters before the first word of the query, to show what it is about. */
const lead = 40;

/** Cuts out the part of a text that has most words of the query, on one line; the beginning when it has none. */
export function makeSnippet(
  text: string,
  found: readonly Highlight[],
  most = mostSnippetCharacters,
): Snippet {
  const marks = inOrder(text, found);
  const room = most - 2 * ellipsis.length;
  const start = text.length <= most ? 0 : startAt(text, marks, room);
  const end = text.length <= most ? text.length : endAt(text, start + room);
  const before = start > 0 ? ellipsis : "";
  const after = end < text.length ? ellipsis : "";
  const shift = before.length - start;
  return {
    // Each line break becomes one space, so that the offsets stay right.
    snippet: `${before}${text.slice(start, end).replace(/\s/gu, " ")}${after}`,
    highlights: marks
      .filter((mark) => mark.start >= start && mark.end <= end)
      .slice(0, mostHighlights)
      .map((mark) => ({ start: mark.start + shift, end: mark.end + shift })),
  };
}

function inOrder(text: string, found: readonly Highlight[]): SnippetHighlight[] {
  let last = 0;
  return found
    .filter(({ field, start, end }) => field === "text" && start < end && end <= text.length)
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .filter(({ start, end }) => {
      if (start < last) return false;
      last = end;
      return true;
    });
}

/** Where the part with most marks begins: a little before a mark, at a word. */
function startAt(text: string, marks: readonly SnippetHighlight[], room: number): number {
  let best = { count: 0, start: 0 };
  let next = 0;
  for (const [place, { start }] of marks.entries()) {
    while ((marks[next]?.end ?? Number.POSITIVE_INFINITY) <= start + room - lead) next++;
    if (next - place > best.count) best = { count: next - place, start };
  }
  if (best.start <= lead) return 0;
  const wanted = Math.min(best.start - lead, Math.max(0, text.length - room));
  const space = text.slice(wanted, best.start).search(/\s/u);
  return space < 0 ? onCharacter(text, wanted) : wanted + space + 1;
}

function endAt(text: string, wanted: number): number {
  if (wanted >= text.length) return text.length;
  const space = text.slice(wanted - lead, wanted + 1).search(/\s\S*$/u);
  return space < 0 ? onCharacter(text, wanted) : wanted - lead + space;
}

/** Moves a cut out of the middle of a surrogate pair. */
const onCharacter = (text: string, at: number) => (/[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at - 1 : at);
