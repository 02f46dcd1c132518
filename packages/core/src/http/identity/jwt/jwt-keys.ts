import { type CryptoKey, errors, importSPKI, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../../../clock.js";
import { invalidConfig } from "../../../errors/invalid-config.js";
import { type JwtAlgorithm, type JwtCallerOptions, listOf } from "./jwt-options.js";
import { createRemoteKeySet } from "./remote-key-set.js";

/** The keys of the options, each as the function that finds the one for a token. */
export function createJwtKeys(
  { key, algorithms }: Pick<JwtCallerOptions, "key" | "algorithms">,
  clock: Clock,
): readonly JWTVerifyGetKey[] {
  if ("jwksUrl" in key) return [createRemoteKeySet(key, clock)];
  if ("publicKey" in key) return listOf(key.publicKey).map((pem) => createPublicKey(pem, algorithms));
  return listOf(key.secret).map((secret) => {
    const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
    return () => bytes;
  });
}

const fewestRsaBits = 2048;

/** A PEM key is imported for each algorithm that it fits. That it fits none is found out late, but never forgiven. */
function createPublicKey(pem: string, algorithms: readonly JwtAlgorithm[]): JWTVerifyGetKey {
  const importing = importFor(pem, algorithms);
  return async function findKey({ alg }) {
    const keys = await importing;
    if (keys.size === 0) throw invalidConfig("jwtAuth", ["key.publicKey: is no key for any of `algorithms`"]);
    const key = keys.get(alg);
    if (key === undefined) throw new errors.JWSSignatureVerificationFailed();
    return key;
  };
}

async function importFor(
  pem: string,
  algorithms: readonly JwtAlgorithm[],
): Promise<ReadonlyMap<string, CryptoKey>> {
  const keys = new Map<string, CryptoKey>();
  for (const algorithm of algorithms) {
    const key = await importSPKI(pem.trim(), algorithm).catch(() => undefined);
    if (key !== undefined && !isWeak(key)) keys.set(algorithm, key);
  }
  return keys;
}

function isWeak({ algorithm }: CryptoKey): boolean {
  const bits: unknown = Reflect.get(algorithm, "modulusLength");
  return typeof bits === "number" && bits < fewestRsaBits;
}
