import { ioredisPort } from "./ioredis-port.js";
import { nodeRedisPort } from "./node-redis-port.js";
import type { IoredisClient, NodeRedisClient } from "./redis-client.js";
import type { RedisPort } from "./redis-port.js";

/** How to use a client, seen from its shape; nothing when it is none of a kind that is known. */
export function findPort(client: unknown): RedisPort | undefined {
  if (typeof client !== "object" || client === null) return undefined;
  const has = (...methods: string[]) =>
    methods.every((method) => typeof Reflect.get(client, method) === "function");
  if (has("evalsha", "duplicate", "subscribe") && "status" in client)
    return ioredisPort(client as IoredisClient);
  if (has("evalSha", "duplicate", "subscribe")) return nodeRedisPort(client as NodeRedisClient);
  return undefined;
}
