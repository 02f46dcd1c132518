import type { SearchDocument } from "./search-document.js";
import type { Highlight } from "./search-index.js";
import { stem } from "./stem.js";
import { tokenize } from "./tokenize.js";

/** Further text of a document is found but not highlighted. */
const longestRead = 20_000;
const mostHighlights = 50;

/** Where a document has the stems, in order; what overlaps is joined. */
export function highlight(document: SearchDocument, stems: ReadonlySet<string>): Highlight[] {
  const places = (["title", "text"] as const).flatMap((field) =>
    placesIn(field, document[field] ?? "", stems),
  );
  return places.slice(0, mostHighlights);
}

function placesIn(field: Highlight["field"], text: string, stems: ReadonlySet<string>): Highlight[] {
  const found = tokenize(text.slice(0, longestRead))
    .filter(({ word }) => stems.has(stem(word)))
    .sort((left, right) => left.start - right.start || left.end - right.end);
  const joined: Highlight[] = [];
  for (const { start, end } of found) {
    const last = joined.at(-1);
    if (last !== undefined && start < last.end) {
      joined[joined.length - 1] = { field, start: last.start, end: Math.max(last.end, end) };
    } else joined.push({ field, start, end });
  }
  return joined;
}
