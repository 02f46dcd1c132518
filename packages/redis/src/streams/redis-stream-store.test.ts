import { streamStoreContract } from "@levqor/core/testing";
import { describe, it } from "vitest";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisStreamStore } from "./redis-stream-store.js";

describe.each(clientKinds)("redisStreamStore on $kind", ({ open }) => {
  it.each(streamStoreContract)("$name", async ({ run }) => {
    const client = await open();
    await run(() => redisStreamStore({ client, prefix: ownPrefix(), timeoutMs: 10_000 }));
  });
});
