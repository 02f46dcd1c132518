import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Caller } from "../pipeline/task-call.js";
import type { AccessRule } from "./access-rule.js";
import type { Authorizer } from "./authorizer.js";

/**
 * An authorizer that follows each task's own `allow` rule. A rule that is missing or not understood lets nobody in.
 *
 * `authorize` throws `unauthenticated` for a caller without a `userId`, `forbidden` for a known caller whom the rule
 * refuses and for every caller when there is no valid rule, `internal` when a rule function throws.
 */
export function taskRuleAuthorizer(): Authorizer {
  return {
    async authorize({ task, rule, caller }) {
      if (rule === "anyone") return;
      if (typeof rule === "function") return authorizeByFunction(task, rule, caller);
      const roles = rolesOf(rule);
      if (rule !== "authenticated" && roles === undefined) throw missingRule(task);
      if (!isKnown(caller)) throw unauthenticated();
      if (roles !== undefined && !hasOneOf(roles, caller.roles)) throw forbidden();
    },
  };
}

async function authorizeByFunction(
  task: string,
  rule: Extract<AccessRule, (caller: Caller) => unknown>,
  caller: Caller,
): Promise<void> {
  let allowed: unknown;
  try {
    allowed = await rule(caller);
  } catch (cause) {
    if (isGatewayError(cause)) throw cause;
    throw new GatewayError("internal", `The access rule of task "${task}" failed. See the cause.`, { cause });
  }
  if (allowed === true) return;
  throw isKnown(caller) ? forbidden() : unauthenticated();
}

const isKnown = (caller: Caller) => typeof caller.userId === "string" && caller.userId !== "";

function rolesOf(rule: unknown): readonly unknown[] | undefined {
  if (typeof rule !== "object" || rule === null || !("roles" in rule)) return undefined;
  return Array.isArray(rule.roles) ? rule.roles : undefined;
}

function hasOneOf(wanted: readonly unknown[], given: unknown): boolean {
  // A string has `includes` too: "administrator" must not pass as "admin".
  return Array.isArray(given) && given.some((role) => wanted.includes(role));
}

const unauthenticated = () => new GatewayError("unauthenticated", "Sign in to use this feature.");
const forbidden = () => new GatewayError("forbidden", "You are not allowed to use this feature.");
const missingRule = (task: string) =>
  new GatewayError(
    "forbidden",
    `Task "${task}" has no valid access rule, so nobody may run it. ` +
      'Set its "allow" to "anyone", "authenticated", { roles: [...] } or a function.',
  );
