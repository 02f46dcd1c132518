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
      const lists = rule === "authenticated" ? {} : listsOf(rule);
      if (lists === undefined) throw missingRule(task);
      if (!isKnown(caller)) throw unauthenticated();
      if (lists.roles !== undefined && !hasOneOf(lists.roles, caller.roles)) throw forbidden();
      if (lists.tenants?.includes(caller.tenantId) === false) throw forbidden();
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

/** A rule's lists. One that names anything else is not understood: leaving it out could open the task. */
function listsOf(rule: unknown): { roles?: unknown[]; tenants?: unknown[] } | undefined {
  if (typeof rule !== "object" || rule === null) return undefined;
  const lists = Object.entries(rule).filter(([, list]) => list !== undefined);
  const isClear = lists.every(([name, list]) => listNames.has(name) && Array.isArray(list));
  return isClear && lists.length > 0 ? Object.fromEntries(lists) : undefined;
}

const listNames: ReadonlySet<string> = new Set(["roles", "tenants"]);

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
      'Set its "allow" to "anyone", "authenticated", { roles: [...] }, { tenants: [...] } or a function.',
  );
