import type { PipelineCall } from "./pipeline-call.js";

/** Whether a model may be called: the task is on, and there is a target. */
export const modelMayAnswer = ({ decision, targets }: PipelineCall): boolean =>
  decision.switch?.on === true && targets.length > 0;

/** Whether an earlier reply of a model may be served. */
export const cacheMayAnswer = (call: PipelineCall): boolean =>
  modelMayAnswer(call) || (call.decision.switch?.on === false && call.decision.switch.whenOff === "cached");
