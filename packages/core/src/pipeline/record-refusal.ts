import { closeCall, describeFailure } from "./call-end.js";
import type { PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";
import { createStepRunner } from "./step.js";

/** Writes down a call that never began: what became of it is all there is to its decision. */
export async function recordRefusal(
  error: unknown,
  { call, services }: { readonly call: PipelineCall; readonly services: Services },
): Promise<void> {
  const { decision, signal } = call;
  const trace = services.telemetry.startCall(decision);
  const step = createStepRunner({ trace, began: decision.steps, signal });
  describeFailure(call, error);
  await closeCall(call, trace, { step, services });
}
