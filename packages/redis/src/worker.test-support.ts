// A process of its own, started by processes.test.ts: does the jobs that it is told on stdin, on stores that it shares
// with others.
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { redisBudget } from "./budget/redis-budget.js";
import { redisResponseCache } from "./cache/redis-response-cache.js";
import type { RedisClient } from "./connection/redis-client.js";
import { redisPolicyStore } from "./policy/redis-policy-store.js";
import { redisRateLimiter } from "./rate-limit/redis-rate-limiter.js";
import { redisReplayStore } from "./replay/redis-replay-store.js";
import { redisStreamStore } from "./streams/redis-stream-store.js";

const [kind = "", url = ""] = process.argv.slice(2);
const print = (...words: unknown[]) => process.stdout.write(`${JSON.stringify(words)}\n`);
const call = { task: "chat", caller: { tenantId: "t", userId: "u" } };

async function connect(): Promise<RedisClient> {
  if (kind === "ioredis") return new Redis(url);
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** What every store of a job is given. */
interface Shared {
  readonly client: RedisClient;
  readonly prefix: string;
  readonly timeoutMs: number;
}

type Say = (word: string, ...values: unknown[]) => void;

const jobs: Readonly<Record<string, (given: Shared, say: Say) => Promise<void>>> = {
  /** 250 calls of 10 cents at once, each of which spends all that it reserved. */
  async spend(given, say) {
    const budget = redisBudget({
      ...given,
      gateway: { dailyUsd: 1 },
      user: { monthlyUsd: 50 },
      onAlert: ({ usedMicroUsd }) => say("alert", usedMicroUsd),
    });
    const verdicts = await Promise.all(
      Array.from({ length: 250 }, () => budget.reserve({ ...call, microUsd: 100_000 })),
    );
    const granted = verdicts.flatMap((verdict) => (verdict.granted ? [verdict.reservation] : []));
    await Promise.all(granted.map((reservation) => reservation.settle(100_000)));
    say("admitted", granted.length);
  },
  /** Holds everything there is, and waits to be killed. */
  async hold(given, say) {
    const budget = redisBudget({ ...given, gateway: { dailyUsd: 1 }, leaseMs: 1_500 });
    for (let index = 0; index < 10; index += 1) await budget.reserve({ ...call, microUsd: 100_000 });
    const limiter = redisRateLimiter({ ...given, perUser: { concurrent: 1 }, leaseMs: 1_500 });
    await limiter.consume(call);
    say("held");
    await delay(60_000);
  },
  /** 200 calls at once. */
  async consume(given, say) {
    const limiter = redisRateLimiter({
      ...given,
      perUser: { requests: 50, windowMs: 600_000 },
      perTenant: { concurrent: 1_000 },
    });
    const verdicts = await Promise.all(Array.from({ length: 200 }, () => limiter.consume(call)));
    say("admitted", verdicts.filter(({ allowed }) => allowed).length);
  },
  /** Tells every version of the policy that it sees. */
  async follow(given, say) {
    const store = redisPolicyStore(given);
    await store.watch?.(async () => {
      const document = (await store.read()) as { version: number } | undefined;
      say("version", document?.version ?? 0);
    }, new AbortController().signal);
    await delay(60_000);
  },
  /** 25 identical questions at once; whoever must answer takes 300 ms. */
  async ask(given, say) {
    const cache = redisResponseCache(given);
    const lookups = Array.from({ length: 25 }, async () => {
      const { signal } = new AbortController();
      const lookup = await cache.lookup({ partition: "p", key: "k" }, { signal });
      if (lookup.state === "hit") return lookup.reply.text;
      await delay(300);
      await lookup.store({ text: `by ${process.pid}` }, 60_000);
      return undefined;
    });
    const replies = await Promise.all(lookups);
    say("answered", replies.filter((text) => text === undefined).length, [...new Set(replies)]);
  },
  /** Writes an event every 20 ms, until it is stopped. */
  async write(given, say) {
    const streams = redisStreamStore({ ...given, leaseMs: 1_500 });
    const ending = new AbortController();
    const writer = await streams.open(["chat"], { stop: () => ending.abort() });
    say("opened");
    for (let id = 1; !ending.signal.aborted; id += 1) {
      await writer.write([{ id, text: `id: ${id}\ndata: ${id}\n\n` }]);
      await delay(20);
    }
    await writer.close();
    say("stopped");
  },
  /** Claims the same hundred ids as all others. */
  async claim(given, say) {
    const store = redisReplayStore(given);
    const claims = Array.from({ length: 100 }, (_, index) => store.claim(`request ${index}`, 60_000));
    say("claimed", (await Promise.all(claims)).filter((isFirst) => isFirst).length);
  },
};

async function work(): Promise<void> {
  const client = await connect();
  print("", "ready");
  for await (const line of createInterface(process.stdin)) {
    const [job = "", prefix = ""] = JSON.parse(line) as string[];
    const say: Say = (...words) => print(prefix, ...words);
    void jobs[job]?.({ client, prefix, timeoutMs: 20_000 }, say).then(() => say("done"));
  }
}

void work();
