import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../../../clock.js";
import { GatewayError } from "../../../errors/gateway-error.js";
import { refusedCredentials } from "../refused-credentials.js";
import type { JwtRemoteKeys } from "./jwt-options.js";

/** The keys as they were fetched last. */
interface FetchedKeys {
  readonly find: JWTVerifyGetKey;
  /** On the monotonic clock. */
  readonly atMs: number;
}

/**
 * Finds a token's key among those that the issuer publishes. Keys are kept; a token with a key that is not among them
 * makes them be fetched anew, though never more often than once per cooldown. `jose` has such a set too; ours obeys the
 * injected clock, outlives an endpoint that is down, and waits between fetches that fail as well.
 */
export function createRemoteKeySet(options: JwtRemoteKeys, clock: Clock): JWTVerifyGetKey {
  const { refreshMs = 600_000, ttlMs = 3_600_000, cooldownMs = 10_000 } = options;
  const { onUnavailable = "store_unavailable" } = options;
  let kept: FetchedKeys | undefined;
  let fetching: Promise<void> | undefined;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let failure: unknown;

  const ageMs = () => (kept === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() - kept.atMs);

  /** Never rejects: what counts afterwards is which keys there are. */
  async function refresh(): Promise<void> {
    const nowMs = clock.monotonic();
    if (fetching === undefined && nowMs - triedAtMs < cooldownMs) return;
    if (fetching === undefined) triedAtMs = nowMs;
    fetching ??= fetchKeys(options, clock)
      .then((find) => {
        kept = { find, atMs: clock.monotonic() };
      })
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        fetching = undefined;
      });
    await fetching;
  }

  async function currentKeys(): Promise<FetchedKeys> {
    if (ageMs() > ttlMs) await refresh();
    else if (ageMs() > refreshMs) void refresh();
    if (kept !== undefined && ageMs() <= ttlMs) return kept;
    const message = "The token keys of `jwksUrl` can't be fetched.";
    if (onUnavailable === "unauthenticated") throw refusedCredentials(message);
    throw new GatewayError("store_unavailable", message, { cause: failure });
  }

  return async function findKey(header, token) {
    const keys = await currentKeys();
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh();
      if (kept === undefined || kept === keys) throw error;
      return kept.find(header, token);
    }
  };
}

async function fetchKeys(options: JwtRemoteKeys, clock: Clock): Promise<JWTVerifyGetKey> {
  const { jwksUrl, timeoutMs = 5_000, fetch = globalThis.fetch } = options;
  const ending = new AbortController();
  let cancelTimer = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancelTimer = clock.setTimer(timeoutMs, () => {
      const error = new Error(`No key set within ${timeoutMs} ms.`);
      ending.abort(error);
      reject(error);
    });
  });
  const load = async () => {
    // A redirect would let whoever controls it choose the keys.
    const init = {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: ending.signal,
    } as const;
    const response = await fetch(jwksUrl, init);
    if (response.status !== 200) throw new Error(`The key set was answered with status ${response.status}.`);
    return createLocalJWKSet((await response.json()) as JSONWebKeySet); // as: it refuses what is none
  };
  try {
    return await Promise.race([load(), late]);
  } finally {
    cancelTimer();
    ending.abort(); // a reply of which nothing is read would keep its connection
  }
}
