import {
  budgetContract,
  policyStoreContract,
  rateLimiterContract,
  replayStoreContract,
  responseCacheContract,
  streamStoreContract,
} from "@levqor/core/testing";
import { Cluster } from "ioredis";
import { createCluster } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisBudget } from "./budget/redis-budget.js";
import { redisResponseCache } from "./cache/redis-response-cache.js";
import type { RedisClient } from "./connection/redis-client.js";
import { eventually, type OwnServer, ownServer } from "./own-server.test-support.js";
import { redisPolicyStore } from "./policy/redis-policy-store.js";
import { redisRateLimiter } from "./rate-limit/redis-rate-limiter.js";
import { redisReplayStore } from "./replay/redis-replay-store.js";
import { redisStreamStore } from "./streams/redis-stream-store.js";
import { ownPrefix } from "./test-clients.test-support.js";

/** Opens a client of a cluster, and says how it is closed. */
type OpenCluster = (url: string) => Promise<readonly [RedisClient, () => void]>;

const clusters: readonly { readonly kind: string; readonly open: OpenCluster }[] = [
  {
    kind: "ioredis",
    async open(url) {
      const client = new Cluster([url]);
      return [client, () => client.disconnect()];
    },
  },
  {
    kind: "node-redis",
    async open(url) {
      const client = createCluster({ rootNodes: [{ url }] });
      client.on("error", () => {});
      await client.connect();
      return [client, () => client.destroy()];
    },
  },
];

// A server in cluster mode refuses a script whose keys lie in several slots, also when it has all of these.
describe.each(clusters)("Redis Cluster with $kind", ({ open }) => {
  let server: OwnServer;
  let client: RedisClient;
  let close: () => void;
  beforeAll(async () => {
    server = await ownServer("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1");
    const slots = Array.from({ length: 16_384 }, (_, slot) => String(slot));
    await server.command("CLUSTER", "ADDSLOTS", ...slots);
    await eventually(async () =>
      expect(await server.command("CLUSTER", "INFO")).toContain("cluster_state:ok"),
    );
    [client, close] = await open(server.url);
  });
  afterAll(async () => {
    close();
    await server.close();
  });
  const given = () => ({ client, prefix: ownPrefix(), timeoutMs: 10_000 });

  it("refuses a script whose keys lie in several slots", async () => {
    const keys = ["{a}:1", "{b}:1"] as const;
    await expect(server.command("EVAL", "return 1", "2", ...keys)).rejects.toThrow("CROSSSLOT");
  });

  it.each(rateLimiterContract)("limits: $name", ({ run }) =>
    run((options) => redisRateLimiter({ ...options, ...given() })),
  );
  it.each(budgetContract)("budget: $name", ({ run }) =>
    run((options) => redisBudget({ ...options, ...given() })),
  );
  it.each(responseCacheContract)("cache: $name", ({ run }) =>
    run(({ clock }) => redisResponseCache({ clock, ...given() })),
  );
  it.each(policyStoreContract)("policy: $name", ({ run }) => run(() => redisPolicyStore(given())));
  it.each(streamStoreContract)("streams: $name", ({ run }) => run(() => redisStreamStore(given())));
  it.each(replayStoreContract)("replay: $name", ({ run }) =>
    run(({ clock }) => redisReplayStore({ clock, ...given() })),
  );
});
