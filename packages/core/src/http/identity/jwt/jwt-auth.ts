import type { Identify, IdentifyContext } from "../identify.js";
import { refusedCredentials } from "../refused-credentials.js";
import { jwtCaller } from "./jwt-caller.js";
import type { JwtAuthOptions } from "./jwt-options.js";

export { jwtCaller } from "./jwt-caller.js";
export type {
  JwtAlgorithm,
  JwtAuthOptions,
  JwtCallerOptions,
  JwtClaims,
  JwtPublicKey,
  JwtRemoteKeys,
  JwtSecret,
} from "./jwt-options.js";

/**
 * Identifies callers by a signed token (JWT). The token must name its issuer, its audience and when it ends (`exp`), and
 * be signed with a known key in an allowed way. Whatever is wrong with it, the answer is the same 401. Needs `jose`.
 *
 * @throws `invalid_config` at start, listing every option that makes no sense; weak secrets among them.
 * @example
 * const identify = jwtAuth({
 *   issuer: "https://login.example",
 *   audience: "https://api.example",
 *   algorithms: ["RS256"],
 *   key: { jwksUrl: "https://login.example/.well-known/jwks.json" },
 * });
 */
export function jwtAuth(options: JwtAuthOptions): Identify {
  const callerOf = jwtCaller(options);
  const { token: readToken = bearerToken } = options;
  return async function identifyByToken(_request, context) {
    const token = readToken(context);
    return token === undefined ? undefined : callerOf(token);
  };
}

/** The token of the `Authorization` header, which is for nobody else: another scheme is refused, not ignored. */
function bearerToken({ headers }: IdentifyContext): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  if (!/^bearer /i.test(authorization)) throw refusedCredentials("The Authorization header holds no Bearer.");
  return authorization.slice("bearer ".length);
}
