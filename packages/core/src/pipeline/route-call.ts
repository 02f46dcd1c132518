import type { Task, TaskContext } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { createCanaryWatch } from "../output/guard/prompt-canary.js";
import type { OutputReading, RawReply } from "../output/output-reader.js";
import type { Usage } from "../provider/provider.js";
import type { AttemptReport, RouteRequest, RouteResult } from "../route/router.js";
import type { CallTrace } from "../telemetry/telemetry.js";
import { switchedOff } from "./admission.js";
import type { Attempt, DecisionRecord } from "./decision-record.js";
import type { GuardedReply } from "./guard-reply.js";
import type { MaskedCall, PipelineCall } from "./pipeline-call.js";
import { runHook } from "./run-hook.js";
import type { Services } from "./services.js";
import { shownObject } from "./shown-object.js";
import type { ShownParts, ShowReply } from "./shown-parts.js";
import { shownWhole } from "./shown-whole.js";
import { shownWords } from "./shown-words.js";
import type { Money } from "./spending.js";
import type { DegradedReason } from "./task-call.js";

/** Everything the routing of one call needs. */
export interface Routing<Input, Output extends object> {
  readonly task: Task<string, unknown, Input, Output>;
  readonly masked: MaskedCall<Input>;
  readonly guarded: GuardedReply;
  readonly call: PipelineCall;
  readonly context: TaskContext;
  readonly services: Services;
  readonly money: Money;
  readonly show: ShowReply<Output>;
  /** What a reply is read with. */
  readonly reading: OutputReading<Input, Output>;
  /** The output step. */
  readonly read: (reply: RawReply) => Promise<Output>;
  readonly trace: CallTrace;
}

/** Sends a call to the router, and shows what comes back restored, piece by piece. */
export async function routeCall<Input, Output extends object>(
  routing: Routing<Input, Output>,
): Promise<RouteResult<Output>> {
  const { task, masked, call, services, show } = routing;
  const { requestId, caller } = call.decision;
  const event = { requestId, task: task.name, caller };
  const state = call.decision.switch;
  if (state?.on === false && task.local === undefined) throw switchedOff(state);
  const shown = call.incremental ? shownParts(routing) : nothingShown;
  const request = toRouteRequest(routing, shown);
  const { beforeRoute, afterOutput } = services.hooks;
  // Copies, so that a hook can't change what leaves.
  if (beforeRoute)
    runHook(services.logger, beforeRoute, { ...event, prompt: structuredClone(masked.value.prompt) });
  try {
    const result = await services.router.route(request);
    noteResult(call.decision, result);
    await show(shown.end());
    if (result.source === "local") await show(shownWhole(task, result.output));
    if (services.auditDigest || afterOutput) {
      const reply = await maskedReply(result, routing);
      call.decision.replyDigest = services.auditDigest?.(reply);
      if (afterOutput) runHook(services.logger, afterOutput, { ...event, reply: structuredClone(reply) });
    }
    return result;
  } finally {
    call.decision.usage = sumUsage(call.decision.attempts);
  }
}

const shownParts = <Input, Output extends object>({
  task,
  guarded,
  services,
  reading,
}: Routing<Input, Output>): ShownParts<Output> =>
  task.textField === undefined ? shownObject(services.outputReader, reading) : shownWords(guarded);

const nothingShown: ShownParts<never> = { push: () => [], end: () => [] };

function toRouteRequest<Input, Output extends object>(
  routing: Routing<Input, Output>,
  shown: ShownParts<Output>,
): RouteRequest<Output> {
  const { task, masked, call, context, services, money, show, read } = routing;
  const { textField, local } = task;
  // Whatever its code: no provider is to blame, and none can mend it.
  const failShowing = async (cause: unknown): Promise<never> => {
    if (call.signal.aborted) throw cause;
    throw new GatewayError("internal", "What the model wrote could not be shown.", { cause });
  };
  return {
    request: { incremental: call.incremental, ...masked.request },
    targets: call.targets,
    // What is shown of an object is replaced as a whole: it may begin anew at any time.
    onBreak: textField === undefined ? "restart" : call.onBreak,
    show(part) {
      try {
        const parts = shown.push(part);
        return Array.isArray(parts) ? show(parts) : parts.then(show, failShowing);
      } catch (error) {
        return failShowing(error);
      }
    },
    localOnly: localOnly(call, money),
    local:
      local &&
      (async () => {
        const { restore } = masked;
        return { value: await local(masked.value.input, { restore, ...context }) };
      }),
    watch: services.canary === undefined ? undefined : watchFor(services.canary),
    accept: read,
    affords: money.affords,
    onAttempt: (report) => noteAttempt(routing, report),
    signal: call.signal,
  };
}

const watchFor = (canary: string) => () => createCanaryWatch(canary);

function noteAttempt(
  { money, call, services, trace }: Pick<Routing<unknown, object>, "money" | "call" | "services" | "trace">,
  report: AttemptReport,
): void {
  const attempt = money.charge(report);
  call.decision.attempts.push(attempt);
  trace.recordAttempt(attempt);
  if (report.problem === undefined) return;
  const { requestId: request_id, task } = call.decision;
  services.logger.warn({ request_id, task, target: attempt.target, code: attempt.outcome }, report.problem);
}

function localOnly({ decision, isSwitchedOut }: PipelineCall, money: Money): DegradedReason | undefined {
  return decision.switch?.on === false || isSwitchedOut ? "kill_switch" : money.refused;
}

/** What may be shown of a reply to others than the one who asked. A local answer may have looked something up by originals. */
async function maskedReply(
  { source, reply }: RouteResult,
  { call, services }: Pick<Routing<unknown, object>, "call" | "services">,
): Promise<RouteResult["reply"]> {
  if (source !== "local") return reply;
  const { tenantId } = call.decision.caller;
  return (await services.masker.mask(reply, { ...call.masking, tenantId, signal: call.signal })).value;
}

function noteResult(decision: DecisionRecord, result: RouteResult): void {
  decision.source = result.source;
  decision.provider = result.provider;
  decision.model = result.model;
  decision.degraded = result.degraded;
  decision.cutOff = result.finishReason === "length";
}

function sumUsage(attempts: readonly Attempt[]): Usage | undefined {
  let sum: Usage | undefined;
  for (const { usage } of attempts)
    sum = sum === undefined || usage === undefined ? (usage ?? sum) : both(sum, usage);
  return sum && { inputTokens: sum.inputTokens, outputTokens: sum.outputTokens, source: sum.source };
}

const both = (one: Usage, other: Usage): Usage => ({
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  source: one.source === "estimated" ? one.source : other.source,
});
