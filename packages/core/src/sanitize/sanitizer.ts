/** Clean input and what had to be cut from it. */
export interface Sanitized<Value> {
  readonly value: Value;
  /** Dotted paths of the fields that were cut at the limit. */
  readonly truncated: readonly string[];
}

/** Makes an input harmless and bounded before anything reads it. */
export interface Sanitizer {
  /** Cleans every string in `value` and cuts each at `maxCharacters`. Must not change `value` itself. */
  sanitize<Value>(value: Value, limits: { readonly maxCharacters: number }): Sanitized<Value>;
}
