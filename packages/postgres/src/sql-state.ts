/** The five characters by which PostgreSQL names an error, or its cause; undefined when neither is from the server. */
export function sqlStateOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : sqlStateOf(cause);
}

/** The transaction was undone because of others that ran at the same time; trying again is what PostgreSQL asks for. */
export const isConflict = (error: unknown): boolean => ["40001", "40P01"].includes(sqlStateOf(error) ?? "");

/** The connection is of no use any more: the error is not from the server, or the server has ended the session. */
export const isBroken = (error: unknown): boolean => /^(57P|08)/.test(sqlStateOf(error) ?? "08");

/** There is no such schema, table or function. */
export const isUndefined = (error: unknown): boolean =>
  ["3F000", "42P01", "42883"].includes(sqlStateOf(error) ?? "");
