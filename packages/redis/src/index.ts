/**
 * Limits, budgets, cache, policy, streams and signed requests of a gateway on Redis, for several processes, over a client
 * of yours: ioredis or node-redis.
 *
 * @module
 */
export { type RedisBudget, type RedisBudgetOptions, redisBudget } from "./budget/redis-budget.js";
export {
  type RedisCacheStats,
  type RedisResponseCache,
  type RedisResponseCacheOptions,
  redisResponseCache,
} from "./cache/redis-response-cache.js";
export type { RedisStoreOptions } from "./connection/open-store.js";
export type { IoredisClient, NodeRedisClient, RedisClient } from "./connection/redis-client.js";
export { redisPolicyStore } from "./policy/redis-policy-store.js";
export {
  type RedisRateLimiter,
  type RedisRateLimiterOptions,
  redisRateLimiter,
} from "./rate-limit/redis-rate-limiter.js";
export { type RedisReplayStoreOptions, redisReplayStore } from "./replay/redis-replay-store.js";
export { type RedisStreamStoreOptions, redisStreamStore } from "./streams/redis-stream-store.js";
