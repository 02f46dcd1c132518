/**
 * `[EMAIL_k3f9_0001]`: type, the call's nonce, a counter. Models write tokens in other cases and escape `_` and the
 * brackets for Markdown, so that is understood too.
 */
const body = "[A-Z][A-Z0-9]{0,15}(?:\\\\?_[A-Z0-9]{1,16}){0,3}\\\\?_[A-Z0-9]{4}\\\\?_\\d{4,9}";

/** Every text that reads like a placeholder, of whichever call. Global: use it with `replace` and `matchAll`. */
export const placeholderPattern = new RegExp(`\\\\\\[${body}\\\\\\]|\\[${body}\\]`, "gi");

const minCounterDigits = 4;

/** Writes a placeholder. The closing bracket keeps any from being the start of another, however long the counter. */
export function formatPlaceholder(type: string, nonce: string, counter: number): string {
  return `[${type.toUpperCase()}_${nonce}_${String(counter).padStart(minCounterDigits, "0")}]`;
}

/** One spelling for all that {@link placeholderPattern} accepts. */
export function canonicalPlaceholder(written: string): string {
  return written.replaceAll("\\", "").toUpperCase();
}
