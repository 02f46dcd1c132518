import { GatewayError } from "@levqor/core";
import { firstOf, type HmacAuthOptions, hmacAuth, type Identify } from "@levqor/core/http";
import type { Request } from "express";
import type { Sessions } from "./session.js";
import type { SessionCookie } from "./session-cookie.js";

/** What {@link createIdentify} needs. */
export interface Identification {
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  /** Without secrets, signed requests are refused. */
  readonly signing: Pick<HmacAuthOptions, "secrets" | "replayStore" | "clock">;
  /** The tenant that signed requests act for. */
  readonly signingTenant: string;
}

/**
 * Tells who asks: another server by its signature, a person by their session, and else an anonymous visitor known by
 * address only. Credentials that are there but wrong are refused, never taken for an anonymous visit.
 */
export function createIdentify(options: Identification): Identify<Request> {
  const { sessions, cookie, signing, signingTenant } = options;
  const caller = { userId: "signed-request", tenantId: signingTenant, roles: ["service"] };
  return firstOf(
    signing.secrets.length === 0 ? refuseSigned : hmacAuth({ ...signing, caller }),
    async (request: Request) => {
      const token = bearerToken(request) ?? cookie.read(request);
      return token === undefined ? undefined : sessions.read(token);
    },
  );
}

const refuseSigned: Identify = (_request, { headers }) => {
  if (headers["webhook-signature"] === undefined && headers["webhook-id"] === undefined) return undefined;
  throw new GatewayError("unauthenticated", "Signed requests are not accepted here.");
};

function bearerToken(request: Request): string | undefined {
  const authorization = request.get("authorization");
  if (authorization === undefined) return undefined;
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw new GatewayError("unauthenticated", "The Authorization header must be: Bearer <session token>.");
  return token;
}
