import { createSecretMark } from "../secret-mark.js";
import { createDecisionRecord } from "./decision-record.js";
import type { PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";
import type { TaskCall } from "./task-call.js";

/** A call with nothing decided yet. */
export function toPipelineCall(
  { name: task }: { readonly name: string },
  call: TaskCall,
  running: { readonly incremental: boolean; readonly signal: AbortSignal; readonly services: Services },
): PipelineCall {
  const { incremental, signal } = running;
  const { clock } = running.services;
  const startedMs = clock.monotonic();
  const { requestId = crypto.randomUUID(), onBreak = "terminate" } = call;
  const { tenantId, userId, roles, ip } = call.caller ?? {};
  const caller = Object.freeze({ tenantId, userId, roles, ip, ...call.caller }); // hooks get it before the audit
  return {
    decision: createDecisionRecord({ requestId, task, caller, startedAtMs: clock.now() }),
    signal,
    mark: createSecretMark(),
    masking: { conversation: call.conversation, known: call.known },
    allowedTargets: call.targets,
    targets: [],
    isSwitchedOut: false,
    incremental,
    onBreak,
    onAdmitted: call.onAdmitted,
    elapsedMs: () => clock.monotonic() - startedMs,
  };
}
