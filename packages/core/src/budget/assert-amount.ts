import { GatewayError } from "../errors/gateway-error.js";

/** @throws `internal` when `microUsd` is no amount of money. */
export function assertAmount(microUsd: number): void {
  if (Number.isSafeInteger(microUsd) && microUsd >= 0) return;
  throw new GatewayError("internal", "A budget takes integer micro-dollars, 0 or more.");
}
