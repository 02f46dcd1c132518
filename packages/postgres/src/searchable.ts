/** A text that a column can hold: PostgreSQL takes neither the character 0 nor half of a pair. */
export const searchable = (text: string): string => text.replaceAll(/[\0\uD800-\uDFFF]/gu, "\uFFFD");
