import { invalidConfig } from "../../errors/invalid-config.js";
import type { Identify } from "./identify.js";

/**
 * Asks one kind of credentials after the other; the first that is there decides. Broken credentials are refused, even if
 * others come with them: nobody becomes an anonymous visitor, or somebody else, by sending wrong ones.
 *
 * @throws `invalid_config` when there is nothing to ask.
 * @example
 * firstOf(hmacAuth({ … }), apiKeyAuth({ … }), jwtAuth({ … }), (request: Request) => request.session.caller)
 */
export function firstOf<HostRequest = unknown>(
  ...kinds: readonly Identify<HostRequest>[]
): Identify<HostRequest> {
  if (kinds.length === 0 || kinds.some((kind) => typeof kind !== "function"))
    throw invalidConfig("firstOf", ["give functions that identify callers, such as jwtAuth({ … })"]);
  return async function identifyByFirst(request, context) {
    for (const identify of kinds) {
      const caller = await identify(request, context);
      if (caller !== undefined && caller !== null) return caller;
    }
    return undefined;
  };
}
