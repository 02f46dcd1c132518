import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, inject } from "vitest";
import type { RedisClient } from "./connection/redis-client.js";

/** Opens a client, which is closed when the tests of the file are over. */
export type OpenClient = (url?: string) => Promise<RedisClient>;

const closings: (() => void)[] = [];
afterAll(() => {
  for (const close of closings.splice(0)) close();
});

/** Both clients, with whatever a careless user gives them: no limit to retries, an endless offline queue. */
export const clientKinds: readonly { readonly kind: string; readonly open: OpenClient }[] = [
  {
    kind: "ioredis",
    async open(url = inject("redisUrl")) {
      const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
      client.on("error", () => {});
      closings.push(() => client.disconnect());
      return client;
    },
  },
  {
    kind: "node-redis",
    async open(url = inject("redisUrl")) {
      const client = createClient({ url, socket: { reconnectStrategy: () => 50 } });
      client.on("error", () => {});
      closings.push(() => client.destroy());
      await client.connect();
      return client;
    },
  },
];

/** A prefix that nobody else uses, so that tests don't see each other's keys. */
export const ownPrefix = (): string => `test-${process.pid}-${crypto.randomUUID()}:`;
