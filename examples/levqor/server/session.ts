import { type Caller, systemClock } from "@levqor/core";
import { jwtCaller } from "@levqor/core/jwt";
import { SignJWT } from "jose";
import { z } from "zod";

/** Who is signed in. */
interface Session {
  readonly userId: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
}

/** Signs sessions and reads them back. */
export interface Sessions {
  /** A signed token for the session, valid for {@link sessionSeconds}. */
  issue(session: Session): Promise<string>;
  /** @throws `unauthenticated` when the token is forged, expired, or not ours. */
  read(token: string): Promise<Caller>;
}

/** How long a session lasts, in seconds: a working day. */
export const sessionSeconds = 8 * 60 * 60;

const issuer = "levqor";
const audience = "levqor-site";
const claimsSchema = z.object({
  sub: z.string().min(1),
  tenant_id: z.string().min(1),
  roles: z.array(z.string()),
});

/** Sessions as JWTs (HS256). `now` is wall time in milliseconds. */
export function createSessions(options: {
  readonly secret: Uint8Array;
  readonly now?: () => number;
}): Sessions {
  const { secret, now = Date.now } = options;
  return {
    issue({ userId, tenantId, roles }) {
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT({ tenant_id: tenantId, roles: [...roles] })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + sessionSeconds)
        .sign(secret);
    },
    read: jwtCaller({
      issuer,
      audience,
      algorithms: ["HS256"],
      key: { secret },
      caller: callerOf,
      clockToleranceS: 0, // the clock that reads is the clock that issued
      clock: { ...systemClock, now },
    }),
  };
}

/** A session of ours says all three; a token that does not is none. */
function callerOf(claims: object): Caller | undefined {
  const { data } = claimsSchema.safeParse(claims);
  return data && { userId: data.sub, tenantId: data.tenant_id, roles: data.roles };
}
