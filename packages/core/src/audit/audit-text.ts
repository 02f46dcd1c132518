const MAX_LENGTH = 256;
const plain = /^[ -~]{0,256}$/;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text as the audit takes it: at most 256 characters, what can't be seen replaced by `\uFFFD`. Hosts pass on ids that
 * others have chosen; a line break or a control sequence in one must not forge a line where the record is shown. A
 * number is written as text; what is neither has no place in a record.
 */
export function auditText(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "string") return undefined;
  if (plain.test(value)) return value;
  return value.slice(0, MAX_LENGTH).replace(invisible, "\uFFFD");
}
