import type { Clock, RateLimiter, RateLimitOptions, RateLimitVerdict } from "@levqor/core";
import { resolveRateLimits } from "@levqor/core/stores";
import { answeredMarks } from "../connection/answered-marks.js";
import { nowArgument } from "../connection/now-argument.js";
import { openStore, type RedisStoreOptions } from "../connection/open-store.js";
import { pendingCommands } from "../connection/pending-commands.js";
import { mayHaveRun } from "../connection/redis-connection.js";
import { admitCall } from "./admit-call.js";
import { type AppliedLimit, appliedLimits, refusalOf, stateOf } from "./applied-limit.js";
import { giveBack, openPermit, type PermitServices } from "./open-permit.js";

/** What {@link redisRateLimiter} takes. */
export interface RedisRateLimiterOptions extends RedisStoreOptions, RateLimitOptions {
  /** @default the server's own time */
  readonly clock?: Clock | undefined;
}

/** A limiter that all processes share. */
export interface RedisRateLimiter extends RateLimiter {
  consume(request: Parameters<RateLimiter["consume"]>[0]): Promise<RateLimitVerdict>;
  setLimits(limits: RateLimitOptions | undefined): void;
}

/** Most releases that wait for Redis while it is away; of others the lease gives their places back. */
const maxPending = 10_000;

/**
 * Counts calls and tokens in Redis, for all processes together, by sliding window: at most the limit in *any* stretch of
 * the window, a burst of exactly that many is admitted at once. What is kept of a caller does not grow with the limit,
 * and is forgotten when he is idle. A process that dies holds places until their lease ends.
 *
 * Consuming fails when Redis does not answer; what then happens to the call is `storeFailure` of the gateway.
 *
 * All keys of a limiter have one hash tag, `{<prefix>limits}`, as one script counts a call in all of its limits or in
 * none: in Redis Cluster they lie on one node.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * redisRateLimiter({ client: new Redis(), perUser: { requests: 60, concurrent: 4 }, perTenant: { tokens: 200_000 } });
 */
export function redisRateLimiter(options: RedisRateLimiterOptions): RedisRateLimiter {
  const { connection, prefix } = openStore(options, "redisRateLimiter");
  const { clock } = options;
  let limits = resolveRateLimits(options);
  const root = `{${prefix}limits}`;
  const pending = pendingCommands(maxPending);
  const services: PermitServices = { connection, pending, answered: answeredMarks(), root, clock };

  async function admit(call: string, applied: readonly AppliedLimit[]): Promise<readonly number[]> {
    const bounds = applied.flatMap(({ kind, limit, windowMs }) => [kind, limit, windowMs]);
    const keys = applied.map(({ key }) => key);
    try {
      const given = [nowArgument(clock), call, limits.leaseMs, ...bounds];
      return ((await connection.run(admitCall, keys, given)) as readonly unknown[]).map(Number);
    } catch (error) {
      // It may be counted all the same, or still be on its way: the places that it takes are given back.
      if (mayHaveRun(error))
        void giveBack(call, { limits: applied, corrections: [] }, services).catch(() => {});
      throw error;
    }
  }

  return {
    async consume(request) {
      const applied = appliedLimits(limits, request, root);
      if (applied.length === 0) return { allowed: true, limits: [] };
      const call = crypto.randomUUID();
      const [isAdmitted, ...rest] = await admit(call, applied);
      if (isAdmitted !== 1) return refusalOf(applied[(rest[0] ?? 0) - 1], rest[1] ?? 0);
      const states = applied.map((limit, index) => stateOf(limit, rest[index] ?? 0));
      const isHeld = applied.some(({ kind }) => kind !== "requests");
      return {
        allowed: true,
        limits: states,
        permit: isHeld ? openPermit(call, applied, services) : undefined,
      };
    },
    setLimits(changed) {
      limits = resolveRateLimits(changed ?? options);
    },
  };
}
