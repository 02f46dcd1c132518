import type { StringPath } from "../../map-strings.js";
import type { ContextWords } from "../context-words.js";
import type { MaskType } from "../mask-type.js";

/** A part of a text: from `start` up to, not including, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What speaks for a find: its form (`pattern`), a check digit or list that it passes (`checksum`), a word beside it
 * (`context`), the key it is assigned to (`key`), or that the caller named the value (`known`).
 */
export type Reason = "pattern" | "checksum" | "context" | "known" | "key";

/** One find. */
export interface Detection extends Span {
  /** How likely it is what it seems, 0 to 1. From 0.5 on it is hidden, unless a caller moves the threshold. */
  readonly score: number;
  readonly why: readonly Reason[];
}

/** A text to look at. */
export interface DetectionSubject {
  /** Folded: digits, dashes and spaces are ASCII, nothing unseen is left, `[at]` and `%40` read `@`. */
  readonly text: string;
  /** Keys and indexes that lead to the text. */
  readonly path: StringPath;
  /** Whether one of the two nearest keys on the path has one of the words. */
  hasKey(words: ContextWords): boolean;
  /**
   * Whether one of the words stands near the span (`context`), before or after it, or in such a key (`key`): on the
   * same line, or on the one before when the span begins its line.
   */
  near(span: Span, words: ContextWords): "context" | "key" | undefined;
  /** What `compute` makes of the text, computed once for all detectors that ask with the same function. */
  once<Result>(compute: (text: string, subject: DetectionSubject) => Result): Result;
}

/** Finds values of one type. Takes time linear in the text, whatever the text is. */
export interface Detector {
  readonly type: MaskType;
  /**
   * Whether a text can hold any, whatever its key: most texts lack what most detectors look for. Asked once for all
   * detectors that share it. @default every text
   */
  readonly needs?: (text: string) => boolean;
  find(subject: DetectionSubject): Iterable<Detection>;
}
