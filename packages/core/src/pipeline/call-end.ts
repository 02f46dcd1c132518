import { toAuditRecord } from "../audit/audit-record.js";
import { errorTable } from "../errors/error-table.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { Usage } from "../provider/provider.js";
import type { CallTrace } from "../telemetry/telemetry.js";
import { costUsd, type DecisionRecord } from "./decision-record.js";
import type { PipelineCall } from "./pipeline-call.js";
import { runHook } from "./run-hook.js";
import type { Services } from "./services.js";
import { type StepRunner, toGatewayError } from "./step.js";
import type { ReplyMetadata, TaskReply } from "./task-call.js";

/** The reply as the caller gets it; notes the call's good end. */
export function describeReply<Output extends object>(call: PipelineCall, output: Output): TaskReply<Output> {
  const { decision } = call;
  decision.outcome = decision.degraded === undefined ? "ok" : "degraded";
  const metadata: { -readonly [Name in keyof ReplyMetadata]: ReplyMetadata[Name] } = {
    request_id: decision.requestId,
    source: decision.source ?? "local",
    usage: wireUsage(decision.source === "cache" ? undefined : decision.usage),
    cost_usd: costUsd(decision),
    duration_ms: Math.round(call.elapsedMs()),
  };
  if (decision.provider !== undefined) metadata.provider = decision.provider;
  if (decision.model !== undefined) metadata.model = decision.model;
  if (decision.degraded !== undefined) metadata.degraded = decision.degraded;
  if (decision.cutOff) metadata.cut_off = true;
  if (decision.truncated.length > 0) metadata.truncated = decision.truncated;
  return { success: true, ...output, metadata };
}

const wireUsage = (usage: Usage | undefined) => ({
  input_tokens: usage?.inputTokens ?? 0,
  output_tokens: usage?.outputTokens ?? 0,
});

/** The failure as the caller gets it; notes the call's bad end. */
export function describeFailure({ decision, signal }: PipelineCall, error: unknown): GatewayError {
  const failure = toGatewayError(error, signal);
  failure.requestId = decision.requestId;
  decision.error = { code: failure.code, step: failure.step };
  if (failure.code === "aborted") decision.outcome = "aborted";
  else decision.outcome = errorTable[failure.code].exposed ? "refused" : "failed";
  return failure;
}

/** Writes the call down, whatever came of it: audit, trace, metrics, `onSettled`. */
export async function closeCall(
  call: PipelineCall,
  trace: CallTrace,
  { step, services }: { readonly step: StepRunner; readonly services: Services },
): Promise<void> {
  const { decision } = call;
  const { auditSink, auditFailure, telemetry, logger, hooks } = services;
  decision.durationMs = call.elapsedMs();
  const answered = decision.outcome === "ok" || decision.outcome === "degraded";
  try {
    await step("audit", () => auditSink.write(toAuditRecord(decision)));
  } catch (error) {
    telemetry.countLostAudit();
    logger.error({ request_id: decision.requestId }, "The audit sink failed; this call has no audit record.");
    if (auditFailure !== "drop" && answered) {
      throw describeFailure(
        call,
        new GatewayError("audit_failed", "The audit sink failed.", { cause: error }),
      );
    }
  } finally {
    trace.end(decision);
    const kept = hooks.onSettled === undefined ? toKeep(decision) : { ...toKeep(decision) }; // a hook may change its own
    runHook(logger, (ended) => services.decisionStore.write(ended), kept);
    runHook(logger, hooks.onSettled, decision);
  }
}

const callerNames: ReadonlySet<string> = new Set(["tenantId", "userId", "roles", "ip"]);

/** A caller may bring more than names, for hooks and tasks; that is not kept. */
function toKeep(decision: DecisionRecord): DecisionRecord {
  const { tenantId, userId, roles, ip } = decision.caller;
  for (const key in decision.caller)
    if (!callerNames.has(key)) return { ...decision, caller: { tenantId, userId, roles, ip } };
  return decision;
}
