import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, inject } from "vitest";
import type { RedisClient } from "./connection/redis-client.js";

/** Opens a client, which is closed when the tests of the file are over; waits for its server if that is there. */
export type OpenClient = (url?: string, server?: { readonly isThere: boolean }) => Promise<RedisClient>;

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
    async open(url = inject("redisUrl"), { isThere } = { isThere: true }) {
      const client = createClient({ url, socket: { reconnectStrategy: () => 50 } });
      client.on("error", () => {});
      closings.push(() => client.destroy());
      const connected = client.connect().catch(() => {}); // closed before it was connected
      if (isThere) await connected;
      return client;
    },
  },
];

/** A prefix that nobody else uses, so that tests don't see each other's keys. */
export const ownPrefix = (): string => `test-${process.pid}-${crypto.randomUUID()}:`;
