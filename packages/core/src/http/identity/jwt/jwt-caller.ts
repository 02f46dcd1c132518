import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { type Clock, systemClock } from "../../../clock.js";
import { isGatewayError } from "../../../errors/gateway-error.js";
import type { Caller } from "../../../pipeline/task-call.js";
import { refusedCredentials } from "../refused-credentials.js";
import { createJwtKeys } from "./jwt-keys.js";
import { checkJwtOptions, type JwtCallerOptions, type JwtClaims, listOf } from "./jwt-options.js";

/** Three parts in base64url: a token that is signed, not encrypted, in compact form. */
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Reads the caller of a token where there is no request to the gateway: in a route of your own, or at a socket.
 * What is returned rejects with `unauthenticated`, whatever is wrong with the token, and with `store_unavailable` when
 * its key can't be fetched.
 *
 * @throws `invalid_config` at start, listing every option that makes no sense; weak secrets among them.
 */
export function jwtCaller(options: JwtCallerOptions): (token: string) => Promise<Caller> {
  checkJwtOptions(options);
  const { caller: callerOf = callerOfClaims, maxTokenLength = 8_192, clock = systemClock } = options;
  const verify = createVerifier(options, clock);

  return async function readCaller(token) {
    if (token.length > maxTokenLength) throw refusedCredentials("The token is too long.");
    if (!compactForm.test(token)) throw refusedCredentials("It is no signed token.");
    const caller = await callerOf(await verify(token));
    // A database says null for a user it does not have; passed on, that would be an anonymous visitor.
    if (caller === undefined || caller === null) throw refusedCredentials("The claims make no caller.");
    return caller;
  };
}

function callerOfClaims({ sub, tenant_id: tenantId, roles = [] }: JwtClaims): Caller | undefined {
  if (typeof sub !== "string" || sub === "") return undefined;
  if (tenantId !== undefined && (typeof tenantId !== "string" || tenantId === "")) return undefined;
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === "string")) return undefined;
  return { userId: sub, tenantId, roles };
}

type Verify = (token: string) => Promise<JwtClaims>;

function createVerifier(options: JwtCallerOptions, clock: Clock): Verify {
  const { issuer, audience, clockToleranceS = 30, types = ["JWT", "at+jwt"] } = options;
  const keys = createJwtKeys(options, clock);
  const fixed = {
    issuer: listOf(issuer),
    audience: listOf(audience),
    algorithms: [...options.algorithms],
    requiredClaims: ["exp"],
    clockTolerance: clockToleranceS,
  };
  const knownTypes = new Set(types.map(typeName));

  return async function verify(token) {
    const nowMs = clock.now();
    const checks = { ...fixed, currentDate: new Date(nowMs) };
    try {
      const { payload, protectedHeader } = await verifyWithOneOf(keys, (key) =>
        jwtVerify(token, key, checks),
      );
      const { typ } = protectedHeader;
      if (typ !== undefined && !knownTypes.has(typeName(typ))) throw refusedCredentials("typ");
      if (!areTimes(payload) || (payload.iat ?? 0) > nowMs / 1000 + clockToleranceS)
        throw refusedCredentials("exp, nbf or iat");
      return payload;
    } catch (error) {
      throw isGatewayError(error) ? error : refusedCredentials(reasonOf(error));
    }
  };
}

/** While one key replaces the other, the second one is asked when the signature is not the first one's. */
async function verifyWithOneOf<Verified>(
  keys: readonly JWTVerifyGetKey[],
  verify: (key: JWTVerifyGetKey) => Promise<Verified>,
): Promise<Verified> {
  let refusal: unknown;
  for (const key of keys) {
    try {
      return await verify(key);
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** JSON has numbers that are too large for a time: 1e400 is Infinity. */
const areTimes = ({ exp, nbf = 0, iat = 0 }: JwtClaims) =>
  [exp, nbf, iat].every((time) => Number.isFinite(time));

const typeName = (type: string) => type.toLowerCase().replace(/^application\//, "");

/** The library's code and the claim's name, never a claim's value. */
function reasonOf(error: unknown): string {
  if (!(error instanceof errors.JOSEError)) return "The token can't be read.";
  return "claim" in error ? `${error.code} ${String(error.claim)}` : error.code;
}
