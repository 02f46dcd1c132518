import { GatewayError } from "../../errors/gateway-error.js";
import type { Caller } from "../../pipeline/task-call.js";
import { refusedCredentials } from "./refused-credentials.js";

/** Longest name of a user, tenant or role, characters. */
const maxNameLength = 256;

/** Control and format characters, line separators, halves of characters: what could write a line of its own into a log. */
const unsafeCharacter = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Checks a caller before the names in it reach logs, keys of stores and audit records.
 *
 * @throws `internal` when it is no {@link Caller}: a mistake of the one who made it. `unauthenticated` when a name is
 * too long or has characters that no name has: names can come from outside, in a token for example.
 */
export function checkCaller(caller: Caller | undefined): void {
  if (caller === undefined || caller === null) return;
  if (typeof caller !== "object" || Array.isArray(caller))
    throw new GatewayError("internal", "identify: it returned what is no caller.");
  const { userId, tenantId, ip } = caller;
  const roles = caller.roles ?? [];
  if (!Array.isArray(roles)) throw noCaller("roles", "a list of texts");
  for (const [field, value] of Object.entries({ userId, tenantId, ip })) {
    if (value !== undefined && value !== null && typeof value !== "string") throw noCaller(field, "a text");
  }
  if (roles.some((role) => typeof role !== "string")) throw noCaller("roles", "a list of texts");
  if ([userId, tenantId, ip, ...roles].some(isUnsafe))
    throw refusedCredentials("a name in it is not acceptable");
}

const isUnsafe = (name: string | null | undefined) =>
  typeof name === "string" && (name.length > maxNameLength || unsafeCharacter.test(name));

const noCaller = (field: string, wanted: string) =>
  new GatewayError("internal", `identify: it returned a caller whose "${field}" is not ${wanted}.`);
