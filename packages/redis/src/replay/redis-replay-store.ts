import { type Clock, GatewayError } from "@levqor/core";
import type { ReplayStore } from "@levqor/core/http";
import { keyDigest } from "../connection/key-digest.js";
import { nowArgument } from "../connection/now-argument.js";
import { openStore, type RedisStoreOptions } from "../connection/open-store.js";
import { claimId } from "./claim-id.js";

/** What {@link redisReplayStore} takes. */
export interface RedisReplayStoreOptions extends RedisStoreOptions {
  /** @default the server's own time */
  readonly clock?: Clock | undefined;
}

/**
 * Remembers the ids of signed requests for all processes. Each id is a key of its own, in Redis Cluster anywhere.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 */
export function redisReplayStore(options: RedisReplayStoreOptions): ReplayStore {
  const { connection, prefix } = openStore(options, "redisReplayStore");
  return {
    async claim(id, ttlMs) {
      if (!(Number.isFinite(ttlMs) && ttlMs > 0))
        throw new GatewayError("internal", "An id is claimed for a time of more than 0.");
      const key = `${prefix}replay:${keyDigest(id)}`;
      return (await connection.run(claimId, [key], [nowArgument(options.clock), Math.ceil(ttlMs)])) === 1;
    },
  };
}
