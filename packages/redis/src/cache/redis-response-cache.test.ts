import { responseCacheContract } from "@levqor/core/testing";
import { describe, it } from "vitest";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisResponseCache } from "./redis-response-cache.js";

describe.each(clientKinds)("redisResponseCache on $kind", ({ open }) => {
  it.each(responseCacheContract)("$name", async ({ run }) => {
    const client = await open();
    await run(({ clock }) => redisResponseCache({ client, clock, prefix: ownPrefix(), timeoutMs: 10_000 }));
  });
});
