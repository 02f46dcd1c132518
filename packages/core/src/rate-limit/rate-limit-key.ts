import type { Caller } from "../pipeline/task-call.js";
import { clientKey } from "./client-key.js";

/** What calls are counted by. */
export type RateLimitDimension = "user" | "ip" | "tenant" | "task";

/**
 * The name under which a call is counted, or nothing when the caller has none in this dimension. A user's name
 * holds the tenant, as JSON: tenant `a:b` with user `c` is not tenant `a` with user `b:c`.
 */
export function rateLimitKey(
  dimension: RateLimitDimension,
  call: { readonly task: string; readonly caller: Caller },
): string | undefined {
  const { tenantId, userId, ip } = call.caller;
  switch (dimension) {
    case "user":
      return userId == null ? undefined : JSON.stringify([tenantId ?? null, userId]);
    case "ip":
      return ip == null ? undefined : clientKey(ip);
    case "tenant":
      return tenantId ?? undefined;
    case "task":
      return call.task;
  }
}
