import type { Budget } from "../budget/budget.js";
import { isGatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { KillSwitch } from "../kill-switch/kill-switch.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";
import type { Router } from "../route/router.js";
import type { PolicyDocument } from "./policy-document.js";

/** The controls that a policy changes. */
export interface PolicyControls {
  readonly killSwitch: KillSwitch;
  readonly rateLimiter: RateLimiter;
  readonly budget: Budget;
  readonly router: Router;
}

/**
 * Makes what puts a checked document in force: all of its sections, or none. A control whose section is absent takes
 * back what it was made with.
 *
 * The function throws `invalid_config` when a control can't be changed, or refuses its section.
 */
export function policyApplier(controls: PolicyControls): (document: PolicyDocument) => void {
  const { killSwitch, rateLimiter, budget, router } = controls;
  let inForce: PolicyDocument | undefined;
  const setters = {
    switches: killSwitch.setSwitches && ((flags) => killSwitch.setSwitches?.(flags)),
    limits: rateLimiter.setLimits && ((limits) => rateLimiter.setLimits?.(limits)),
    budget: budget.setCaps && ((caps) => budget.setCaps?.(caps)),
    routes: router.setRoutes && ((routes) => router.setRoutes?.(routes)),
  } satisfies {
    readonly [Section in keyof PolicyDocument]?: ((value: PolicyDocument[Section]) => void) | undefined;
  };

  /** Each section by itself, so that one which is refused holds up none of the others that are taken back. */
  function set(document: PolicyDocument | undefined): readonly string[] {
    return [
      ...problemsOf("switches", () => setters.switches?.(document?.switches)),
      ...problemsOf("limits", () => setters.limits?.(document?.limits)),
      ...problemsOf("budget", () => setters.budget?.(document?.budget)),
      ...problemsOf("routes", () => setters.routes?.(document?.routes)),
    ];
  }
  return (document) => {
    const fixed = (["switches", "limits", "budget", "routes"] as const).filter(
      (name) => document[name] !== undefined && setters[name] === undefined,
    );
    if (fixed.length > 0)
      throw invalidConfig(
        "The policy stays as it was",
        fixed.map((name) => `${name}: this gateway's own implementation can't be changed while it runs`),
      );
    const failures = set(document);
    if (failures.length > 0) {
      set(inForce);
      throw invalidConfig("The policy stays as it was", failures);
    }
    inForce = document;
  };
}

function problemsOf(section: string, set: () => void): readonly string[] {
  try {
    set();
    return [];
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    return [`${section}: this gateway's own implementation failed to take it`];
  }
}
