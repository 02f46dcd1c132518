import type { KnownValues } from "./known-values.js";

/** What a masker may use to decide. */
export interface MaskContext {
  readonly tenantId?: string | undefined;
  /** Names the conversation that the call is part of, unique within the tenant. */
  readonly conversation?: string | undefined;
  /** Values of this call that are always hidden, in any letter case: the user's name, their customer number. */
  readonly known?: KnownValues | undefined;
  /** Ends the work of a masker that waits for others. */
  readonly signal?: AbortSignal | undefined;
}

/** Puts the original values back into text that arrives in pieces, exactly as if it had come in one. */
export interface StreamRestorer {
  /** Takes the next piece; returns what can be shown now. Only a possible start of a placeholder is held back. */
  push(delta: string): string;
  /** Returns what was held back. */
  end(): string;
}

/** A masked value together with the way back. Never serialises its originals. */
export interface Masked<Value> {
  readonly value: Value;
  /** What a model must be told about the placeholders; absent when none was issued. */
  readonly notice?: string | undefined;
  /** Placeholders issued, by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Puts originals back into every string and key of `value`; a placeholder that was not issued here stays. */
  restore<Restored>(value: Restored): Restored;
  /** The same for a stream of text. */
  restorer(): StreamRestorer;
  /**
   * Puts originals back into a text that is JSON, written as its strings want them: valid JSON stays valid, and reads as
   * what `restore` makes of the value. Its keys are restored too.
   */
  restoreJson(text: string): string;
  /** The same for JSON that arrives in pieces, such as a tool call's arguments. */
  jsonRestorer(): StreamRestorer;
  /** How many placeholders in a text were not issued here: the model made them up. @default they are not counted */
  countInvented?(text: string): number;
}

/** Replaces personal values and secrets by reversible placeholders, before anything leaves the process. */
export interface Masker {
  /**
   * Masks every string in `value` (objects and arrays are walked with the key as context), and keys that hold something
   * personal. The same value gets the same placeholder throughout one call. Must not change `value` itself.
   */
  mask<Value>(value: Value, context: MaskContext): Masked<Value> | Promise<Masked<Value>>;
}
