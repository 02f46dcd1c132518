import { expect, it } from "vitest";
import type { LimitState } from "../rate-limit/rate-limiter.js";
import { rateLimitHeaders, refusalHeaders } from "./rate-limit-headers.js";

const requests: LimitState = {
  dimension: "user",
  kind: "requests",
  limit: 20,
  remaining: 19,
  windowMs: 60_000,
};

it("names every limit with its quota, unit and window, and what is left", () => {
  const limits: readonly LimitState[] = [
    requests,
    { dimension: "user", kind: "tokens", limit: 50_000, remaining: 1_200, windowMs: 3_600_000 },
    { dimension: "tenant", kind: "concurrent", limit: 4, remaining: 0, windowMs: 0 },
  ];
  expect(rateLimitHeaders(limits)).toEqual({
    "ratelimit-policy":
      '"user";q=20;w=60, "user-tokens";q=50000;qu="tokens";w=3600, "tenant-concurrent";q=4;qu="concurrent-requests"',
    ratelimit: '"user";r=19, "user-tokens";r=1200, "tenant-concurrent";r=0',
  });
});

it.each([undefined, []])("says nothing when %j was asked", (limits) => {
  expect(rateLimitHeaders(limits)).toEqual({});
});

it("has whole seconds, at least one, and whole counts that a structured field can hold", () => {
  const limit = { ...requests, limit: Number.MAX_SAFE_INTEGER, remaining: -0.5, windowMs: 1_001 };
  expect(rateLimitHeaders([limit, { ...requests, remaining: 1.9, windowMs: 1 }])).toEqual({
    "ratelimit-policy": '"user";q=999999999999999;w=2, "user";q=20;w=1',
    ratelimit: '"user";r=0, "user";r=1',
  });
  expect(rateLimitHeaders([{ ...requests, remaining: Number.NaN }])["ratelimit"]).toBe('"user";r=0');
});

it("lets no limiter's name break out of its header", () => {
  const { ratelimit = "" } = rateLimitHeaders([{ ...requests, dimension: 'a"\r\n, "b";\u{1F642}\\' }]);
  expect(ratelimit).toBe('"a___, _b_;___";r=19');
  expect(rateLimitHeaders([{ ...requests, dimension: "x".repeat(100) }])["ratelimit"]).toBe(
    `"${"x".repeat(64)}";r=19`,
  );
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1])(
  "has whole numbers when a limiter tells %d",
  (amount) => {
    const odd = { ...requests, limit: amount, remaining: amount, windowMs: amount, retryAfterMs: amount };
    const values = [...Object.values(rateLimitHeaders([odd])), ...Object.values(refusalHeaders(odd))];
    for (const value of values)
      expect(value).toMatch(/^(?:"user";)?(?:[qrtw]=)?\d{1,15}(?:;[wt]=\d{1,15})?$/);
  },
);

it("says of a refusal when to come back", () => {
  const refusal = { dimension: "task", kind: "concurrent", limit: 3, windowMs: 0, retryAfterMs: 1 } as const;
  expect(refusalHeaders(refusal)).toEqual({
    "retry-after": "1",
    ratelimit: '"task-concurrent";r=0;t=1',
    "ratelimit-policy": '"task-concurrent";q=3;qu="concurrent-requests"',
  });
});
