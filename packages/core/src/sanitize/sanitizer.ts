import type { InjectionVerdict } from "./injection/detect-injection.js";

/** Clean input, what had to be cut from it, and what it looks like. */
export interface Sanitized<Value> {
  readonly value: Value;
  /** Dotted paths of the fields that were cut at the limit. */
  readonly truncated: readonly string[];
  /** How much the input looks like a prompt injection; absent when that was not asked, or is not known. */
  readonly injection?: InjectionVerdict | undefined;
}

/** What a sanitizer is to do with one input. */
export interface SanitizeRules {
  /** Longest string, UTF-16 units after cleaning. */
  readonly maxCharacters: number;
  /** Whether to look for injections, in the input as it came. @default false */
  readonly looksForInjection?: boolean | undefined;
  /** Fields of the input that are not looked at for injections: the product's own code writes them. @default none */
  readonly trustedFields?: readonly string[] | undefined;
}

/** Makes an input harmless and bounded before anything reads it. */
export interface Sanitizer {
  /** Cleans every string in `value` and cuts each at `maxCharacters`. Must not change `value` itself. */
  sanitize<Value>(value: Value, rules: SanitizeRules): Sanitized<Value>;
}
