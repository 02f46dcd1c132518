import type { StringPath } from "../../map-strings.js";
import type { MaskType } from "../mask-type.js";

/** A part of a text: from `start` up to, not including, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds values of one type. Takes time linear in the text, whatever the text is. */
export interface Detector {
  readonly type: MaskType;
  /** Finds valid values in `text`, which is folded to plain ASCII digits, dashes and spaces; `path` leads to it. */
  find(text: string, path: StringPath): Iterable<Span>;
}
