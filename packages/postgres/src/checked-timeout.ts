import { invalidConfig } from "@levqor/core";

/**
 * A time limit in milliseconds.
 *
 * @throws `invalid_config` when it is none.
 */
export function checkedTimeout(timeoutMs: number): number {
  if (Number.isFinite(timeoutMs) && timeoutMs >= 1) return timeoutMs;
  throw invalidConfig("PostgreSQL can't be used", ["timeoutMs: must be 1 or more"]);
}
