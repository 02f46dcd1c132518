import { type Clock, systemClock } from "../../clock.js";
import { GatewayError } from "../../errors/gateway-error.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { notPositive } from "../not-positive.js";
import type { ReplayStore } from "./replay-store.js";

/** What {@link memoryReplayStore} takes. */
export interface MemoryReplayStoreOptions {
  /**
   * Most ids remembered. Beyond it a claim rejects, since forgetting one would let its request in again.
   * @default 100_000
   */
  readonly maxIds?: number | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/**
 * Remembers ids in this process; with several processes each has ids of its own, so share a store then.
 *
 * @throws `invalid_config` when `maxIds` makes no sense.
 */
export function memoryReplayStore(options: MemoryReplayStoreOptions = {}): ReplayStore {
  const { maxIds = 100_000, clock = systemClock } = options;
  const problems = notPositive({ maxIds });
  if (problems.length > 0) throw invalidConfig("memoryReplayStore", problems);
  const endsAtMs = new Map<string, number>();

  function forgetExpired(nowMs: number): void {
    for (const [id, endMs] of endsAtMs) if (endMs <= nowMs) endsAtMs.delete(id);
  }

  return {
    async claim(id, ttlMs) {
      if (!(Number.isFinite(ttlMs) && ttlMs > 0))
        throw new GatewayError("internal", "An id is claimed for a time of more than 0.");
      const nowMs = clock.monotonic();
      if ((endsAtMs.get(id) ?? nowMs) > nowMs) return false;
      if (endsAtMs.size >= maxIds) forgetExpired(nowMs);
      if (endsAtMs.size >= maxIds)
        throw new GatewayError("store_unavailable", "The replay store has no room for another id.");
      endsAtMs.set(id, nowMs + ttlMs);
      return true;
    },
  };
}
