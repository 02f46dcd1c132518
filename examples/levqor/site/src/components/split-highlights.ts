import type { SnippetHighlight } from "@levqor/core/client";

/** A piece of a text: marked or not. `start` is where it begins. */
export interface TextPiece {
  readonly start: number;
  readonly text: string;
  readonly isMarked: boolean;
}

/** Cuts a text at its highlights. Ones that overlap, or lie outside of the text, mark what is left of them. */
export function splitHighlights(text: string, highlights: readonly SnippetHighlight[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let place = 0;
  const cutTo = (end: number, isMarked: boolean) => {
    if (end > place) pieces.push({ start: place, text: text.slice(place, end), isMarked });
    place = Math.max(place, end);
  };
  for (const { start, end } of highlights) {
    cutTo(Math.min(start, text.length), false);
    cutTo(Math.min(end, text.length), true);
  }
  cutTo(text.length, false);
  return pieces;
}
