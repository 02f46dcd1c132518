import { hmacAuth, type IdentifyContext } from "@levqor/core/http";
import { signRequest } from "@levqor/core/signing";
import { describe, expect, it } from "vitest";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisReplayStore } from "./redis-replay-store.js";

const secret = `whsec_${Buffer.from("thirty-two bytes for these tests").toString("base64")}`;
const caller = { userId: "billing", tenantId: "acme" };

async function signedRequest(): Promise<IdentifyContext> {
  const text = '{"message":"Hi"}';
  return {
    method: "POST",
    path: "/chat",
    headers: await signRequest({ secret, body: text }),
    ip: undefined,
    signal: new AbortController().signal,
    body: async () => new TextEncoder().encode(text),
  };
}

describe.each(clientKinds)("F26: a signed request, remembered in Redis by $kind", ({ open }) => {
  it("sent 1,000 times at once to two servers is accepted once", async () => {
    const prefix = ownPrefix();
    const servers = await Promise.all(
      [1, 2].map(async () =>
        hmacAuth({
          secrets: [secret],
          caller,
          replayStore: redisReplayStore({ client: await open(), prefix }),
        }),
      ),
    );
    const request = await signedRequest();
    const verdicts = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        Promise.resolve(servers[index % 2]?.(undefined, request)).then(
          () => "accepted",
          (error: { readonly code?: string }) => error.code,
        ),
      ),
    );
    expect(verdicts.filter((verdict) => verdict === "accepted").length).toBe(1);
    expect(verdicts.filter((verdict) => verdict === "unauthenticated").length).toBe(999);
  });

  it("F39: is refused while Redis is gone, and taken when it is back", async () => {
    const client = await open("redis://127.0.0.1:1", { isThere: false });
    const prefix = ownPrefix();
    const gone = hmacAuth({ secrets: [secret], caller, replayStore: redisReplayStore({ client, prefix }) });
    const request = await signedRequest();
    await expect(gone(undefined, request)).rejects.toMatchObject({ code: "store_unavailable" });
    const replayStore = redisReplayStore({ client: await open(), prefix });
    expect(await hmacAuth({ secrets: [secret], caller, replayStore })(undefined, request)).toEqual(caller);
  });
});
