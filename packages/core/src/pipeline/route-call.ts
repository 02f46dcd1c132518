import type { Span } from "@opentelemetry/api";
import type { Task, TaskContext } from "../define-task.js";
import type { RawReply } from "../output/output-reader.js";
import type { Usage } from "../provider/provider.js";
import type { RouteRequest, RouteResult } from "../route/router.js";
import { switchedOff } from "./admission.js";
import type { Attempt, DecisionRecord } from "./decision-record.js";
import type { MaskedCall, PipelineCall } from "./pipeline-call.js";
import { runHook } from "./run-hook.js";
import type { Services } from "./services.js";
import type { Money } from "./spending.js";
import type { DegradedReason } from "./task-call.js";

/** Everything the routing of one call needs. */
export interface Routing<Input, Output extends object> {
  readonly task: Task<string, unknown, Input, Output>;
  readonly masked: MaskedCall<Input>;
  readonly call: PipelineCall;
  readonly context: TaskContext;
  readonly services: Services;
  readonly money: Money;
  /** The output step. */
  readonly read: (reply: RawReply) => Promise<Output>;
  readonly span: Span;
}

/** Sends a call to the router and restores the text that comes back, piece by piece. */
export async function* routeCall<Input, Output extends object>(
  routing: Routing<Input, Output>,
): AsyncGenerator<string, { readonly output: Output; readonly result: RouteResult }, void> {
  const { task, masked, call, services } = routing;
  const { requestId, caller } = call.decision;
  const event = { requestId, task: task.name, caller };
  const state = call.decision.switch;
  if (state?.on === false && task.local === undefined) throw switchedOff(state);
  let output: Output | undefined;
  const request = toRouteRequest(routing, async (reply) => {
    output = await routing.read(reply);
  });
  const { beforeRoute, afterOutput } = services.hooks;
  // Copies, so that a hook can't change what leaves.
  if (beforeRoute)
    runHook(services.logger, beforeRoute, { ...event, prompt: structuredClone(masked.value.prompt) });
  const restorer = request.request.incremental ? masked.restorer() : undefined;
  const deltas = services.router.route(request);
  try {
    let next = await deltas.next();
    for (; next.done !== true; next = await deltas.next()) {
      const text = restorer?.push(next.value) ?? "";
      if (text !== "") yield text;
    }
    const rest = restorer?.end() ?? "";
    if (rest !== "") yield rest;
    if (output === undefined) throw new Error("The router returned without having a reply accepted.");
    noteResult(call.decision, next.value);
    if (afterOutput)
      runHook(services.logger, afterOutput, { ...event, reply: structuredClone(next.value.reply) });
    return { output, result: next.value };
  } finally {
    await deltas.return(undefined as never); // never: nobody reads it; this only ends what a consumer left early
    call.decision.usage = sumUsage(call.decision.attempts);
  }
}

function toRouteRequest<Input, Output extends object>(
  routing: Routing<Input, Output>,
  accept: (reply: RawReply) => Promise<void>,
): RouteRequest {
  const { task, masked, call, context, money } = routing;
  const { name, outputJsonSchema: schema, textField, maxOutputTokens, temperature, local } = task;
  return {
    request: {
      prompt: masked.value.prompt,
      maxOutputTokens,
      temperature,
      responseFormat: schema === undefined ? undefined : { name, schema },
      incremental: call.incremental && textField !== undefined,
    },
    localOnly: localOnly(call.decision, money),
    local:
      local &&
      (async () => {
        const value = await local(masked.value.input, {
          ...context,
          restore: (value) => masked.restore(value),
        });
        return { value, text: textField === undefined ? undefined : textOf(value, textField) };
      }),
    accept,
    affords: money.affords,
    onAttempt(report) {
      const attempt = money.charge(report);
      call.decision.attempts.push(attempt);
      routing.services.telemetry.recordAttempt(attempt, routing.span);
    },
    signal: call.signal,
  };
}

function localOnly(decision: DecisionRecord, money: Money): DegradedReason | undefined {
  if (decision.switch?.on === false) return "kill_switch";
  return money.granted ? undefined : "budget";
}

/** The text of an output object. */
export function textOf(value: unknown, textField: string): string | undefined {
  const text: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, textField) : undefined;
  return typeof text === "string" ? text : undefined;
}

function noteResult(decision: DecisionRecord, result: RouteResult): void {
  decision.source = result.source;
  decision.provider = result.provider;
  decision.model = result.model;
  decision.degraded = result.degraded;
  decision.cutOff = result.finishReason === "length";
}

function sumUsage(attempts: readonly Attempt[]): Usage | undefined {
  const used = attempts.flatMap(({ usage }) => usage ?? []);
  if (used.length === 0) return undefined;
  return {
    inputTokens: used.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    outputTokens: used.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
    source: used.some(({ source }) => source === "estimated") ? "estimated" : "reported",
  };
}
