// What a team would put together from the usual packages: each step of the gateway that there is a package for, around the
// openai SDK.
import { createHash } from "node:crypto";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metrics, trace } from "@opentelemetry/api";
import { Redactor } from "@redactpii/node";
import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { LRUCache } from "lru-cache";
import { OpenAI } from "openai";
import { RateLimiterMemory } from "rate-limiter-flexible";
import * as z from "zod";
import { chatRequest, systemText } from "../prompt.mjs";

const inputSchema = z.object({ message: z.string().max(4_000) });
const outputSchema = z.object({ reply: z.string() });
const systemTokens = countTokens(systemText);

export async function setup({ baseURL }) {
  const folder = mkdtempSync(join(tmpdir(), "do-it-yourself-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const audit = createWriteStream(join(folder, "audit.ndjson"));
  const { completions } = new OpenAI({ apiKey: "sk-bench", baseURL, maxRetries: 0 }).chat;
  const limits = ["user", "tenant", "ip"].map(
    (keyPrefix) => new RateLimiterMemory({ keyPrefix, points: 1e9, duration: 60 }),
  );
  const redactor = new Redactor();
  const cache = new LRUCache({ max: 1_000, ttl: 86_400_000 });
  const guarded = wrap(
    retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() }),
    circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(5) }),
    timeout(15_000, TimeoutStrategy.Cooperative),
  );
  const tracer = trace.getTracer("do-it-yourself");
  const durations = metrics.getMeter("do-it-yourself").createHistogram("duration");
  const tokensLeft = { day: 1e15, month: 1e15 };

  const reserve = (tokens) => {
    if (tokensLeft.day < tokens || tokensLeft.month < tokens) throw new Error("over budget");
    tokensLeft.day -= tokens;
    tokensLeft.month -= tokens;
  };
  const answered = async (input) => {
    const { message } = inputSchema.parse(input);
    await Promise.all(limits.map((limit) => limit.consume("one")));
    const request = chatRequest(redactor.redact(message));
    const key = createHash("sha256").update(JSON.stringify(request)).digest("hex");
    const cached = cache.get(key);
    if (cached !== undefined) return { ...cached, source: "cache" };
    const reserved = systemTokens + countTokens(message) + request.max_completion_tokens;
    reserve(reserved);
    const { choices, usage } = await guarded.execute(({ signal }) => completions.create(request, { signal }));
    reserve(usage.total_tokens - reserved);
    const output = outputSchema.parse({ reply: choices[0].message.content });
    cache.set(key, output);
    return { ...output, usage, source: "model" };
  };
  const text = (wanted) => (message) =>
    tracer.startActiveSpan("ask", async (span) => {
      const from = performance.now();
      const { reply, usage, source } = await answered({ message });
      const duration = performance.now() - from;
      audit.write(`${JSON.stringify({ at: Date.now(), user: "one", source, usage, duration })}\n`);
      durations.record(duration, { source });
      span.setAttribute("source", source).end();
      if (source !== wanted) throw new Error(`answered by ${source}`);
      return reply;
    });
  return { chat: text("model"), cacheHit: text("cache") };
}
