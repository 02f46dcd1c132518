import { rateLimiterContract } from "@levqor/core/testing";
import { describe, it } from "vitest";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisRateLimiter } from "./redis-rate-limiter.js";

describe.each(clientKinds)("redisRateLimiter on $kind", ({ open }) => {
  it.each(rateLimiterContract)("$name", async ({ run }) => {
    const client = await open();
    await run((options) => redisRateLimiter({ ...options, client, prefix: ownPrefix(), timeoutMs: 10_000 }));
  });
});
