import type { ContextWords } from "../context-words.js";
import type { MaskType } from "../mask-type.js";

/**
 * A kind of number that people are known by. A shape is how it may be written: `9` a digit, `A` a letter, `*` either;
 * a space, dash, dot, slash or colon stands for itself. Beside its words it may also be grouped in other ways.
 */
export interface IdKind {
  readonly type: MaskType;
  /** Shapes that are told from other numbers by themselves. A hash is not: letters up to F must be capitals. */
  readonly anywhere?: readonly string[];
  /** Shapes that count when they are all there is, as in the answer to a question, or beside the words. */
  readonly alone?: readonly string[];
  /** Shapes that count beside the words only. */
  readonly besideWords?: readonly string[];
  /** Check digits, dates and ranges. Takes letters and digits only, in capitals. */
  readonly isValid?: (compact: string) => boolean;
  readonly words: ContextWords;
}
