import { GatewayError } from "@levqor/core";
import { jwtVerify, SignJWT } from "jose";
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
  read(token: string): Promise<Session>;
}

/** How long a session lasts, in seconds: a working day. */
export const sessionSeconds = 8 * 60 * 60;

const issuer = "levqor";
const audience = "levqor-site";
const longestToken = 4_096;
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
    async read(token) {
      try {
        if (token.length > longestToken) throw new Error("token too long");
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ["HS256"],
          issuer,
          audience,
          requiredClaims: ["exp", "iat", "sub"],
          currentDate: new Date(now()),
        });
        const claims = claimsSchema.parse(payload);
        return { userId: claims.sub, tenantId: claims.tenant_id, roles: claims.roles };
      } catch (cause) {
        throw new GatewayError(
          "unauthenticated",
          "Your session is not valid any more. Please sign in again.",
          { cause },
        );
      }
    },
  };
}
