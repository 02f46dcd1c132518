import type { Task } from "../define-task.js";
import type { RawReply } from "../output/output-reader.js";
import { validateInput } from "../validate/validate-input.js";
import { admitCall } from "./admission.js";
import { lookupReply, misfitIsMiss } from "./cached-reply.js";
import { closeCall, describeFailure, describeReply } from "./call-end.js";
import { callQuota } from "./call-quota.js";
import { guardReply } from "./guard-reply.js";
import { maskCall } from "./mask-call.js";
import { cacheMayAnswer } from "./may-answer.js";
import type { PipelineCall } from "./pipeline-call.js";
import { routeCall } from "./route-call.js";
import { sanitizeCall } from "./sanitize-call.js";
import type { Services } from "./services.js";
import type { ShowReply } from "./shown-parts.js";
import { shownWhole } from "./shown-whole.js";
import { reserveMoney } from "./spending.js";
import { createStepRunner } from "./step.js";
import type { TaskReply } from "./task-call.js";

/**
 * THE request. Every call of every task goes through these steps in this order: plain, streamed, cached, degraded.
 * A step's value does not exist before its line, so none can be skipped. What may be shown is shown as it comes.
 */
export async function runPipeline<WireInput, Input, Output extends object>(
  task: Task<string, WireInput, Input, Output>,
  wireInput: WireInput,
  running: {
    readonly call: PipelineCall;
    readonly services: Services;
    readonly show: ShowReply<Output>;
  },
): Promise<TaskReply<Output>> {
  const { call, services, show } = running;
  const { authorizer, outputReader, telemetry } = services;
  const { decision, signal } = call;
  const { caller } = decision;
  const context = { caller, signal, known: call.masking.known };
  const trace = telemetry.startCall(decision);
  const quota = callQuota({ call, services });
  const step = createStepRunner({ trace, began: decision.steps, signal });
  try {
    const valid = await step("validate", () => validateInput(task, wireInput));
    await step("kill-switch", () => admitCall(call, { task, services }));
    await step("authorize", () => authorizer.authorize({ task: task.name, caller, rule: task.allow }));
    await step("rate-limit", () => quota.enter());
    const input = await step("sanitize", () => sanitizeCall(valid, { task, decision, services }));
    const needsPrompt = cacheMayAnswer(call);
    const masked = await step("mask", () => maskCall({ task, input, context, call, services, needsPrompt }));
    decision.masks = masked.counts;
    if (needsPrompt) decision.promptDigest = services.auditDigest?.(masked.value.prompt);
    const guarded = guardReply(masked, { decision, services });
    const reading = { task, input, context, restore: guarded.restore, restoreJson: masked.restoreJson };
    const read = (reply: RawReply) =>
      step("output", () => outputReader.read({ reply, ...reading, restore: guarded.restoreOf(reply) }));

    const lookup = await step("cache.lookup", () => lookupReply({ task, masked, call, services }));
    const cached = lookup.hit && (await read(lookup.hit).catch(misfitIsMiss(decision)));
    if (cached !== undefined) {
      await show(shownWhole(task, cached));
      return describeReply(call, cached);
    }
    try {
      const money = await step("budget.reserve", () => reserveMoney({ task, masked, call, services, quota }));
      try {
        const routing = { task, masked, guarded, call, context, services, money, show, reading, read, trace };
        const result = await step("route", () => routeCall(routing));
        await step("cache.store", () => lookup.store(result));
        return describeReply(call, result.output);
      } finally {
        await step("budget.settle", () => money.settle());
      }
    } finally {
      await lookup.abandon();
    }
  } catch (error) {
    throw describeFailure(call, error);
  } finally {
    await quota.leave();
    await closeCall(call, trace, { step, services });
  }
}
