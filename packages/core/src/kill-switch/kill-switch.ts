import type { Caller } from "../pipeline/task-call.js";
import type { Switches } from "./switches.js";

/** What callers get while a switch is off. */
export type WhenOff =
  /** The task's local answer. */
  | "local"
  /** A cached reply when there is one, else the local answer. */
  | "cached"
  /** A `switched_off` error with the operator's own words. */
  | "message"
  /** A plain `switched_off` error. */
  | "error";

/** Whether a task may call a model now. */
export type SwitchState =
  | {
      readonly on: true;
      /** Names of providers that may not be called now. @default none */
      readonly providersOff?: readonly string[] | undefined;
    }
  | { readonly on: false; readonly whenOff: WhenOff; readonly message?: string | undefined };

/** Turns AI off without a deployment. */
export interface KillSwitch {
  check(question: { readonly task: string; readonly caller: Caller }): SwitchState | Promise<SwitchState>;
  /**
   * Replaces all switches, or takes back what the switch was made with; the next check follows the new ones.
   *
   * @throws `invalid_config` that names each wrong switch; the old switches then stay.
   */
  setSwitches?(switches: Switches | undefined): void;
}
