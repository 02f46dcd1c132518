import type { KillSwitch } from "./kill-switch.js";
import { resolveSwitches, type Switches } from "./switches.js";

/** A kill switch that can be turned while the process runs. */
export interface StaticKillSwitch extends KillSwitch {
  /**
   * Replaces all switches, or takes back those it was made with; the next check follows the new ones.
   *
   * @throws `invalid_config` that names each wrong switch; the old switches then stay.
   */
  setSwitches(switches: Switches | undefined): void;
}

/**
 * A kill switch with switches in memory. The first switch that is off decides: gateway, then tenant, then task.
 *
 * @throws `invalid_config` that names each wrong switch.
 * @example
 * const killSwitch = staticKillSwitch({ tasks: { workflow: { on: false, whenOff: "message", message: "Back at 9." } } });
 * killSwitch.setSwitches({ gateway: false });
 */
export function staticKillSwitch(switches: Switches = {}): StaticKillSwitch {
  const original = resolveSwitches(switches);
  let current = original;
  return {
    check({ task, caller }) {
      const tenant = caller.tenantId === undefined ? undefined : current.tenants.get(caller.tenantId);
      const states = [current.gateway, tenant, current.tasks.get(task)];
      return states.find((state) => state?.on === false) ?? current.on;
    },
    setSwitches(next) {
      current = next === undefined ? original : resolveSwitches(next);
    },
  };
}
