/** An index takes no entry of more than 2,700 bytes: what is longer is found by its beginning. */
const MOST = 500;

/** A text that an indexed column can hold: PostgreSQL takes neither the character 0 nor half of a pair. */
export const searchable = (text: string): string =>
  text.slice(0, MOST).replaceAll(/[\0\uD800-\uDFFF]/gu, "\uFFFD");
