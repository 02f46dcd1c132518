import { replayStoreContract } from "@levqor/core/testing";
import { describe, it } from "vitest";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisReplayStore } from "./redis-replay-store.js";

describe.each(clientKinds)("redisReplayStore on $kind", ({ open }) => {
  it.each(replayStoreContract)("$name", async ({ run }) => {
    const client = await open();
    await run(({ clock }) => redisReplayStore({ client, clock, prefix: ownPrefix() }));
  });
});
