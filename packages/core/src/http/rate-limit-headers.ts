import type { LimitState, RateLimitRefusal } from "../rate-limit/rate-limiter.js";

/**
 * The fields `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers for the limits that a call was
 * admitted by; nothing when there are none. A limit is named as its dimension, with what it counts unless that is
 * requests: `"user"`, `"user-tokens"`, `"tenant-concurrent"`.
 */
export function rateLimitHeaders(limits: readonly LimitState[] | undefined): Record<string, string> {
  if (limits === undefined || limits.length === 0) return {};
  const policies: string[] = [];
  const remaining: string[] = [];
  for (const limit of limits) {
    const name = nameOf(limit);
    policies.push(policyOf(name, limit));
    remaining.push(`${name};r=${toCount(limit.remaining)}`);
  }
  return { "ratelimit-policy": policies.join(", "), ratelimit: remaining.join(", ") };
}

/** The same fields and `Retry-After` for a limit that said no. */
export function refusalHeaders(
  refusal: Pick<RateLimitRefusal, "dimension" | "kind" | "limit" | "windowMs" | "retryAfterMs">,
): Record<string, string> {
  const name = nameOf(refusal);
  return { ...comeBack(name, refusal.retryAfterMs), "ratelimit-policy": policyOf(name, refusal) };
}

/** `Retry-After`, and the same in `RateLimit`. `name` is a structured-field string. */
export function comeBack(name: string, retryAfterMs: number): Record<string, string> {
  const seconds = toSeconds(retryAfterMs);
  return { "retry-after": String(seconds), ratelimit: `${name};r=0;t=${seconds}` };
}

function policyOf(
  name: string,
  { kind, limit, windowMs }: Pick<LimitState, "kind" | "limit" | "windowMs">,
): string {
  const window = windowMs > 0 ? `;w=${toSeconds(windowMs)}` : "";
  return `${name};q=${toCount(limit)}${unitOf[kind] ?? ""}${window}`;
}

/** Requests are the unit unless another is named. */
const unitOf: Readonly<Record<LimitState["kind"], string>> = {
  requests: "",
  tokens: ';qu="tokens"',
  concurrent: ';qu="concurrent-requests"',
};

/** A structured-field string: a limiter's own name may hold anything, a header may not. */
function nameOf({ dimension, kind }: Pick<LimitState, "dimension" | "kind">): string {
  const name = dimension.replace(/[^ !#-[\]-~]/g, "_").slice(0, 64);
  return kind === "tokens" || kind === "concurrent" ? `"${name}-${kind}"` : `"${name}"`;
}

/** The largest integer of a structured field. */
const mostCount = 999_999_999_999_999;

const toCount = (amount: number) => (amount > 0 ? Math.min(Math.floor(amount), mostCount) : 0);

const toSeconds = (milliseconds: number) => Math.max(1, toCount(Math.ceil(milliseconds / 1000)));
