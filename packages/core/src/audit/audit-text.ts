const MAX_LENGTH = 256;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text as the audit takes it: at most 256 characters, what can't be seen replaced by `\uFFFD`. Hosts pass on ids that
 * others have chosen; a line break or a control sequence in one must not forge a line where the record is shown. A
 * number is written as text; what is neither has no place in a record.
 */
export function auditText(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "string") return undefined;
  if (isPlain(value)) return value;
  return value.slice(0, MAX_LENGTH).replace(invisible, "\uFFFD");
}

/** Whether it is short, and of ASCII that can be seen; for texts of some ten characters a pattern takes longer. */
function isPlain(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
