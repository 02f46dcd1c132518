import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, type OwnServer, ownServer } from "../own-server.test-support.js";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { type RedisRateLimiterOptions, redisRateLimiter } from "./redis-rate-limiter.js";

const call = { task: "chat", caller: { userId: "u" } };

describe.each(clientKinds)("redisRateLimiter on $kind, when Redis fails", ({ open }) => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await ownServer();
  });
  afterAll(() => server.close());

  async function subject(options: RedisRateLimiterOptions["perUser"]) {
    const client = await open(server.url);
    const limiter = redisRateLimiter({ client, prefix: ownPrefix(), timeoutMs: 300, perUser: options });
    const begin = async () => {
      const verdict = await eventually(() => limiter.consume(call));
      if (!verdict.allowed) throw new Error("The call is refused.");
      return verdict;
    };
    return { limiter, begin };
  }

  it("a call that was sent and not answered leaves no place taken", async () => {
    const { limiter, begin } = await subject({ concurrent: 1 });
    await (await begin()).permit?.release(0);
    await server.command("CLIENT", "PAUSE", "700", "ALL");
    await expect(limiter.consume(call)).rejects.toMatchObject({ code: "store_unavailable" });
    await eventually(begin);
    expect(await limiter.consume(call)).toMatchObject({ allowed: false, kind: "concurrent" });
  });

  it("a release that was sent and not answered gives place and tokens back once", async () => {
    const { limiter, begin } = await subject({ concurrent: 2, tokens: 1_000 });
    const other = await begin();
    await other.permit?.reserveTokens(100);
    const { permit } = await begin();
    await permit?.reserveTokens(500);
    await server.command("CLIENT", "PAUSE", "700", "ALL");
    await permit?.release(50);
    const verdict = await eventually(async () => {
      const third = await limiter.consume(call);
      expect(third.allowed).toBe(true);
      return third;
    });
    expect(verdict).toMatchObject({
      limits: [
        { kind: "tokens", remaining: 1_000 - 100 - 50 },
        { kind: "concurrent", remaining: 0 },
      ],
    });
    await other.permit?.release(100);
  });

  it("releases of an outage land when it is over, also those of hundreds of calls", async () => {
    const { limiter, begin } = await subject({ concurrent: 300 });
    const running = await Promise.all(Array.from({ length: 300 }, begin));
    await server.command("REPLICAOF", "127.0.0.1", "1");
    await Promise.all(running.map(({ permit }) => permit?.release(0)));
    await expect(limiter.consume(call)).rejects.toMatchObject({ code: "store_unavailable" });
    await server.command("REPLICAOF", "NO", "ONE");
    await eventually(async () =>
      expect(await limiter.consume(call)).toMatchObject({
        limits: [{ kind: "concurrent", remaining: expect.toSatisfy((left: number) => left > 250) }],
      }),
    );
  });
});
