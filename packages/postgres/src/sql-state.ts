/** The five characters by which PostgreSQL names an error; undefined when the error is not from the server. */
export function sqlStateOf(error: unknown): string | undefined {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** The transaction was undone because of others that ran at the same time; trying again is what PostgreSQL asks for. */
export const isConflict = (error: unknown): boolean => ["40001", "40P01"].includes(sqlStateOf(error) ?? "");

/** The connection is of no use any more: the error is not from the server, or the server has ended the session. */
export const isBroken = (error: unknown): boolean => /^(57P|08)/.test(sqlStateOf(error) ?? "08");
