import type { DecisionRecord } from "./decision-record.js";
import type { Services } from "./services.js";

/** Whether a model may be called: the task is on, and there is a target. */
export const modelMayAnswer = (decision: DecisionRecord, { router }: Services): boolean =>
  decision.switch?.on === true && router.targets.length > 0;

/** Whether an earlier reply of a model may be served. */
export const cacheMayAnswer = (decision: DecisionRecord, services: Services): boolean =>
  modelMayAnswer(decision, services) ||
  (decision.switch?.on === false && decision.switch.whenOff === "cached");
