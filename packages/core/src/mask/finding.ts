import type { Reason, Span } from "./detectors/detector.js";

/** A value that was found in a text. Offsets are UTF-16 units of the text as it was given. */
export interface Finding extends Span {
  /** One of `maskTypes`, or a type of the caller's own. */
  readonly type: string;
  /** How likely it is what it seems, 0 to 1. */
  readonly score: number;
  /** What speaks for it: `pattern`, `checksum`, `context`, `known`, `key`. */
  readonly why: readonly Reason[];
}
