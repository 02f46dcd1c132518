import type { KillSwitch } from "./kill-switch.js";
import { resolveFlags, type StaticFlags } from "./switch-flags.js";

/** A kill switch that can be turned while the process runs. */
export interface StaticKillSwitch extends KillSwitch {
  /**
   * Replaces all flags, or takes back those it was made with; the next check follows the new ones.
   *
   * @throws `invalid_config` that names each wrong flag; the old flags then stay.
   */
  setFlags(flags: StaticFlags | undefined): void;
}

/**
 * A kill switch with flags in memory. The first switch that is off decides: gateway, then tenant, then task.
 *
 * @throws `invalid_config` that names each wrong flag.
 * @example
 * const killSwitch = staticKillSwitch({ tasks: { workflow: { on: false, whenOff: "message", message: "Back at 9." } } });
 * killSwitch.setFlags({ gateway: false });
 */
export function staticKillSwitch(flags: StaticFlags = {}): StaticKillSwitch {
  const original = resolveFlags(flags);
  let current = original;
  return {
    check({ task, caller }) {
      const tenant = caller.tenantId === undefined ? undefined : current.tenants.get(caller.tenantId);
      const states = [current.gateway, tenant, current.tasks.get(task)];
      return states.find((state) => state?.on === false) ?? current.on;
    },
    setFlags(next) {
      current = next === undefined ? original : resolveFlags(next);
    },
  };
}
