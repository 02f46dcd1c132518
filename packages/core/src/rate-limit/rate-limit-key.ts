import type { Caller } from "../pipeline/task-call.js";
import { clientKey } from "./client-key.js";

/** What requests are counted by. */
export type RateLimitDimension = "user" | "ip" | "tenant";

/**
 * The name under which a caller is counted, or nothing when the caller has none in this dimension. A user's name
 * holds the tenant, as JSON: tenant `a:b` with user `c` is not tenant `a` with user `b:c`.
 */
export function rateLimitKey(dimension: RateLimitDimension, caller: Caller): string | undefined {
  switch (dimension) {
    case "user":
      return caller.userId == null ? undefined : JSON.stringify([caller.tenantId ?? null, caller.userId]);
    case "ip":
      return caller.ip == null ? undefined : clientKey(caller.ip);
    case "tenant":
      return caller.tenantId;
  }
}
