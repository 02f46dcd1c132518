import { policyStoreContract } from "@levqor/core/testing";
import { describe, expect, it } from "vitest";
import type { RedisClient } from "../connection/redis-client.js";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisPolicyStore } from "./redis-policy-store.js";

describe.each(clientKinds)("redisPolicyStore on $kind", ({ open }) => {
  it.each(policyStoreContract)("$name", async ({ run }) => {
    const client = await open();
    await run(() => redisPolicyStore({ client, prefix: ownPrefix() }));
  });

  it("tells another process what was published, with the first look right after it listens", async () => {
    const prefix = ownPrefix();
    const [writer, reader] = await storesOn([await open(), await open()], prefix);
    await writer.publish({ version: 1 });
    const seen: unknown[] = [];
    const ending = new AbortController();
    const sawTwo = new Promise<void>((resolve) => {
      void reader.watch?.(async () => {
        const document = (await reader.read()) as { version: number };
        seen.push(document.version);
        if (document.version === 1) await writer.publish({ version: 2 });
        else resolve();
      }, ending.signal);
    });
    await sawTwo;
    expect(seen).toEqual([1, 2]);
    ending.abort();
  });

  it("does not take a document whose version is no number", async () => {
    const store = redisPolicyStore({ client: await open(), prefix: ownPrefix() });
    await expect(store.publish({ version: Number.NaN })).rejects.toMatchObject({ code: "invalid_config" });
    expect(await store.read()).toBeUndefined();
  });
});

async function storesOn(clients: readonly [RedisClient, RedisClient], prefix: string) {
  return [
    redisPolicyStore({ client: clients[0], prefix }),
    redisPolicyStore({ client: clients[1], prefix }),
  ] as const;
}
