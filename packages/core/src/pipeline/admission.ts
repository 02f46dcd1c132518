import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { SwitchState } from "../kill-switch/kill-switch.js";
import type { RateLimitVerdict } from "../rate-limit/rate-limiter.js";
import type { DecisionRecord } from "./decision-record.js";

/** Notes the switch; a call that is off goes on only when something but a model can answer it. */
export function admitSwitch(decision: DecisionRecord, state: SwitchState, task: AnyTask): void {
  decision.switch = state;
  if (state.on) return;
  const goesOn = state.whenOff === "cached" || (state.whenOff === "local" && task.local !== undefined);
  if (!goesOn) throw switchedOff(state);
}

/** The error of a call that is switched off, in the operator's words when there are some. */
export function switchedOff(state: SwitchState): GatewayError {
  const message = state.on || state.whenOff !== "message" ? undefined : state.message;
  return new GatewayError(
    "switched_off",
    message ?? "This feature is switched off at the moment. Please try again later.",
  );
}

/** Notes the limiter's verdict; a refusal is an error that says when to come back. */
export function admitVerdict(decision: DecisionRecord, verdict: RateLimitVerdict): void {
  decision.rateLimit = verdict;
  if (verdict.allowed) return;
  const { dimension, limit, windowMs, retryAfterMs } = verdict;
  const seconds = Math.ceil(retryAfterMs / 1000);
  throw new GatewayError("rate_limited", `Too many requests. Please try again in ${seconds} s.`, {
    details: { dimension, limit, windowMs, retryAfterMs },
  });
}
