import type { SnippetHighlight } from "@levqor/core/client";
import { Fragment } from "react";
import { splitHighlights } from "./split-highlights.js";

/** A text in which the words that were looked for are marked. */
export function HighlightedText(props: {
  readonly text: string;
  readonly highlights: readonly SnippetHighlight[];
}) {
  return splitHighlights(props.text, props.highlights).map(({ start, text, isMarked }) =>
    isMarked ? <mark key={start}>{text}</mark> : <Fragment key={start}>{text}</Fragment>,
  );
}
