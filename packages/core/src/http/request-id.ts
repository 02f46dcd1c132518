/** Ids from outside end up in logs and headers, so only harmless ones are taken. */
const acceptable = /^[A-Za-z0-9._-]{8,128}$/;

/** The request's own `X-Request-Id` when it is acceptable, else a new UUID. */
export function requestIdOf(headers: Readonly<Record<string, string | undefined>>): string {
  const given = headers["x-request-id"];
  return given !== undefined && acceptable.test(given) ? given : crypto.randomUUID();
}
