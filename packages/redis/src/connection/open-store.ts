import { invalidConfig } from "@levqor/core";
import type { RedisClient } from "./redis-client.js";
import { type RedisConnection, redisConnection } from "./redis-connection.js";

/** What every store on Redis takes. */
export interface RedisStoreOptions {
  /** Yours: stores open no connection of their own but a copy of it, for subscribing, and never close it. */
  readonly client: RedisClient;
  /** Begins the name of every key; must not hold a brace, as those are for Redis Cluster. @default "levqor:" */
  readonly prefix?: string | undefined;
  /**
   * Longest wait for one answer, milliseconds. After that the store fails at once for a second, then asks again.
   * @default 500
   */
  readonly timeoutMs?: number | undefined;
}

/**
 * Opens a store. `otherProblems` are what it found wrong with options of its own.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 */
export function openStore(
  options: RedisStoreOptions,
  name: string,
  otherProblems: readonly string[] = [],
): { readonly connection: RedisConnection; readonly prefix: string } {
  const { client, prefix = "levqor:", timeoutMs = 500 } = options;
  const connection = redisConnection(client, timeoutMs);
  const problems = [...otherProblems];
  if (connection === undefined) problems.push("client: must be a client of ioredis or of node-redis");
  if (typeof prefix !== "string" || /[{}]/.test(prefix))
    problems.push("prefix: must be a text without { and }");
  // A timer takes no more than 31 bits.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) problems.push("timeoutMs: must be more than 0, milliseconds");
  if (connection === undefined || problems.length > 0) throw invalidConfig(name, problems);
  return { connection, prefix };
}
