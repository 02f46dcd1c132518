/** A type as the first part of a placeholder: up to four words of up to 16 letters and digits. */
const typeWords = { first: "[A-Z][A-Z0-9]{0,15}", next: "[A-Z0-9]{1,16}" };
/** Models write `\_`, put a space or a line break beside the line or in its place, or a dash. */
const blank = "[ \\t\\r\\n]";
const looseGap = `(?:\\\\?(?:[_-]|${blank})){1,3}`;
const strictGap = "\\\\?_";

const anyPlaceholder = (gap: string, edge: string) => {
  const body = `${edge}${typeWords.first}(?:${gap}${typeWords.next}){0,3}${gap}[A-Z0-9]{4}${gap}\\d{4,9}${edge}`;
  return new RegExp(`\\\\\\[${body}\\\\\\]|\\[${body}\\]`, "gi");
};

/**
 * Every text that reads like a placeholder, `[EMAIL_k3f9_0001]`: type, code of the conversation, number. Also in other
 * letter case, and with `_` and the brackets escaped as in Markdown. Global: use it with `replace` and `matchAll`.
 */
export const placeholderPattern = anyPlaceholder(strictGap, "");

/** The same, and what models make of it besides: spaces, line breaks and dashes around and in place of `_`. Global. */
export const loosePlaceholderPattern = anyPlaceholder(looseGap, `${blank}{0,2}`);

/** Longest text that {@link loosePlaceholderPattern} matches. */
export const longestPlaceholder = 160;

const typeShape = /^[a-z][a-z0-9]{0,15}(?:_[a-z0-9]{1,16}){0,3}$/;
const minCounterDigits = 4;

/** What {@link isTypeName} asks for, for a message that follows the option's name. */
export const typeNameRule = "a type must be up to four lower case words of letters and digits, joined by _";

/** Whether placeholders can be made for a type of this name. */
export const isTypeName = (type: string): boolean => typeShape.test(type);

/**
 * Writes a placeholder. The closing bracket keeps any from being the start of another, however long the counter. In
 * capitals it is its canonical spelling.
 */
export function formatPlaceholder(type: string, nonce: string, counter: number): string {
  return `[${type.toUpperCase()}_${nonce}_${String(counter).padStart(minCounterDigits, "0")}]`;
}

/** One spelling for all that the patterns accept, and for the beginnings of it. */
export function canonicalPlaceholder(written: string): string {
  return written
    .replaceAll("\\", "")
    .replace(/[_\s-]+/g, "_")
    .replace("[_", "[")
    .replace("_]", "]")
    .toUpperCase();
}

/**
 * What reads like a placeholder: of any conversation as they are issued, and of the one that `code` names in every form
 * that would be restored.
 */
export function* placeholdersIn(
  text: string,
  code: () => string,
): Iterable<{ readonly text: string; readonly index: number }> {
  for (const { 0: match, index } of text.matchAll(loosePlaceholderPattern)) {
    const isOwn = canonicalPlaceholder(match).includes(`_${code().toUpperCase()}_`);
    if (isOwn || match.search(placeholderPattern) === 0) yield { text: match, index };
  }
}
