import { expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { createFetchHandler } from "./create-fetch-handler.js";

const silent = { info() {}, warn() {}, error() {} };

function asker() {
  const gateway = createAiGateway({
    provider: fakeProvider([{ text: "Hello." }]),
    rateLimiter: memoryRateLimiter({ perUser: { requests: 2, tokens: 100_000 }, perIp: false }),
    auditSink: memoryAuditSink(),
    logger: silent,
  });
  const handle = createFetchHandler(gateway, { identify: () => ({ userId: "ada" }) });
  return (accept: string) =>
    handle(
      new Request("http://localhost/chat", {
        method: "POST",
        headers: { "content-type": "application/json", accept },
        body: JSON.stringify({ message: "Hello?" }),
      }),
    );
}

it.each(["application/json", "text/event-stream"])(
  "a reply as %s says what is left of each limit",
  async (accept) => {
    const ask = asker();
    const remaining = ['"user";r=1, "user-tokens";r=100000', '"user";r=0, "user-tokens";r=99985'];
    for (const left of remaining) {
      const reply = await ask(accept);
      await reply.text();
      const { status, headers } = reply;
      expect([status, headers.get("ratelimit")]).toEqual([200, left]);
      expect(headers.get("ratelimit-policy")).toBe(
        '"user";q=2;w=60, "user-tokens";q=100000;qu="tokens";w=3600',
      );
    }
    const refused = await ask(accept);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  },
);
