/** Why a part of a reply is noticed. */
export type OutputReason = "image" | "link" | "html" | "sensitive_value" | "unwanted" | "too_long";

/** A part of a reply that is noticed: from `start` up to, not including, `end`, in UTF-16 units. */
export interface OutputFinding {
  readonly reason: OutputReason;
  readonly start: number;
  readonly end: number;
  /** What stands there instead; absent when it is only noticed. */
  readonly replacement?: string | undefined;
}

/**
 * Looks at what a model wrote, still masked, before anybody sees it. It is given a reply sentence by sentence, the same
 * sentences for a whole reply and for one that comes in pieces.
 */
export interface OutputGuard {
  /** What is to be noticed in one sentence: in order, without overlaps. */
  inspect(sentence: string): readonly OutputFinding[];
  /**
   * From where on the beginning of a sentence may still turn out to be replaced; its length when all of it can be shown.
   * What lies before that must not be touched by `inspect` once the sentence is whole.
   */
  holdsFrom(beginning: string): number;
  /**
   * Whether a text surely holds nothing to notice, however it is split into sentences: then nobody looks closer.
   * @default not known
   */
  clears?(text: string): boolean;
  /** What is only to be counted in a whole text, without replacements. Asked once a reply. @default nothing */
  notice?(text: string): readonly OutputFinding[];
  /** Longest text that is let through. @default any */
  readonly maxCharacters?: number | undefined;
}
