import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { SwitchState } from "../kill-switch/kill-switch.js";
import type { RouteTarget } from "../route/router.js";
import type { PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";
import type { Caller } from "./task-call.js";

/** Notes the policy and the switch, and finds where the call may go; one that is off goes on only when something but a model can answer it. */
export async function admitCall(
  call: PipelineCall,
  { task, services }: { readonly task: AnyTask; readonly services: Services },
): Promise<void> {
  const { killSwitch, policy, router } = services;
  const { decision, allowedTargets } = call;
  const about = { task: task.name, caller: decision.caller };
  if (policy !== undefined) {
    await policy.ready();
    decision.policyVersion = policy.version;
    decision.flags = policy.flagsOf(decision.caller);
  }
  const state = await killSwitch.check(about);
  decision.switch = state;
  if (!state.on) {
    const goesOn = state.whenOff === "cached" || (state.whenOff === "local" && task.local !== undefined);
    if (!goesOn) throw switchedOff(state);
  }
  const planned = router.plan({ task: task.name, caller: decision.caller, targets: allowedTargets });
  const isOneOff = planned.some((target) => isOff(state, target));
  call.targets = isOneOff ? planned.filter((target) => !isOff(state, target)) : planned;
  call.isSwitchedOut = planned.length > 0 && call.targets.length === 0;
}

/** Whether a task may call a model for this caller now. */
export async function findSwitch(
  about: { readonly task: string; readonly caller: Caller },
  { policy, killSwitch, router }: Pick<Services, "policy" | "killSwitch" | "router">,
): Promise<SwitchState> {
  await policy?.ready();
  const state = await killSwitch.check(about);
  const planned = router.plan(about);
  const isSwitchedOut = planned.length > 0 && planned.every((target) => isOff(state, target));
  return isSwitchedOut ? { on: false, whenOff: "local" } : state;
}

/** Whether a switch takes the target's provider out. */
export const isOff = (state: SwitchState, { provider }: RouteTarget): boolean =>
  state.on && state.providersOff?.includes(provider.name) === true;

/** The error of a call that is switched off, in the operator's words when there are some. */
export function switchedOff(state: SwitchState): GatewayError {
  const message = state.on || state.whenOff !== "message" ? undefined : state.message;
  return new GatewayError(
    "switched_off",
    message ?? "This feature is switched off at the moment. Please try again later.",
  );
}
