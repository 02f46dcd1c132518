import {
  type Attributes,
  context,
  createNoopMeter,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { type Attempt, costUsd, type DecisionRecord } from "../pipeline/decision-record.js";
import type { Telemetry } from "./telemetry.js";

const instrumentation = "@levqor/core";
const isModelAttempt = (attempt: Attempt) => attempt.provider !== "local";

/** What to send to OpenTelemetry. Without an OpenTelemetry SDK in the application both cost next to nothing. */
export interface TelemetryOptions {
  /** @default true */
  readonly traces?: boolean | undefined;
  /** @default true */
  readonly metrics?: boolean | undefined;
}

/**
 * Telemetry through `@opentelemetry/api`, with the names of OpenTelemetry's GenAI conventions (`gen_ai.*`) and our own
 * under `aigw.*`. Content is never recorded.
 */
export function openTelemetry(options: TelemetryOptions = {}): Telemetry {
  const { traces = true, metrics: withMetrics = true } = options;
  const noSpan = trace.wrapSpanContext({ traceId: "0".repeat(32), spanId: "0".repeat(16), traceFlags: 0 });
  let instruments: ReturnType<typeof createInstruments> | undefined;
  const meters = () => {
    instruments ??= createInstruments(withMetrics ? metrics.getMeter(instrumentation) : createNoopMeter());
    return instruments;
  };
  return {
    startCall(decision) {
      // Asked for each call: an SDK may be registered after the gateway was made, with another copy of the API.
      const tracer = trace.getTracer(instrumentation);
      const attributes = { "aigw.task": decision.task, "aigw.request_id": decision.requestId };
      const span = traces ? tracer.startSpan(`aigw.task ${decision.task}`, { attributes }) : noSpan;
      const below = trace.setSpan(context.active(), span);
      return {
        startStep: (name) => (traces ? tracer.startSpan(`aigw.${name}`, {}, below) : noSpan),
        markFailed,
        recordAttempt(attempt) {
          if (!isModelAttempt(attempt)) return;
          recordAttemptMetrics(meters(), attempt);
          if (traces)
            recordAttemptSpan(attempt, (name, startTime) =>
              tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime }, below),
            );
        },
        end(ended) {
          span.setAttributes(callAttributes(ended));
          if (ended.error !== undefined) markFailed(span, ended.error.code);
          span.end();
          countCall(meters(), ended);
        },
      };
    },
    countStoreFailure: (store) => meters().storeFailures.add(1, { "aigw.store": store }),
    countLostAudit: () => meters().lostAudits.add(1),
  };
}

function markFailed(span: Span, code: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute("error.type", code);
}

function countCall(instruments: ReturnType<typeof createInstruments>, decision: DecisionRecord): void {
  const labels: Attributes = {
    "aigw.task": decision.task,
    "aigw.outcome": decision.outcome,
    "aigw.source": decision.source ?? "none",
  };
  if (decision.error !== undefined) labels["error.type"] = decision.error.code;
  instruments.calls.add(1, labels);
  instruments.cost.add(costUsd(decision), { "aigw.task": decision.task });
  instruments.callDuration.record(decision.durationMs / 1000, labels);
}

function createInstruments(meter: ReturnType<typeof createNoopMeter>) {
  return {
    tokens: meter.createHistogram("gen_ai.client.token.usage", { unit: "{token}" }),
    attemptDuration: meter.createHistogram("gen_ai.client.operation.duration", { unit: "s" }),
    calls: meter.createCounter("aigw.calls", { description: "Task calls by outcome and source" }),
    callDuration: meter.createHistogram("aigw.call.duration", { unit: "s" }),
    cost: meter.createCounter("aigw.cost", { unit: "USD" }),
    storeFailures: meter.createCounter("aigw.store.failures", {
      description: "Controls whose store did not answer",
    }),
    lostAudits: meter.createCounter("aigw.audit.lost", { description: "Records the audit sink refused" }),
  };
}

function attemptLabels(attempt: Attempt): Attributes {
  const labels: Attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": attempt.provider,
    "gen_ai.request.model": attempt.model,
  };
  if (attempt.outcome !== "ok") labels["error.type"] = attempt.outcome;
  return labels;
}

function recordAttemptMetrics(instruments: ReturnType<typeof createInstruments>, attempt: Attempt): void {
  const labels = attemptLabels(attempt);
  instruments.attemptDuration.record(attempt.durationMs / 1000, labels);
  if (attempt.usage === undefined) return;
  instruments.tokens.record(attempt.usage.inputTokens, { "gen_ai.token.type": "input", ...labels });
  instruments.tokens.record(attempt.usage.outputTokens, { "gen_ai.token.type": "output", ...labels });
}

function recordAttemptSpan(attempt: Attempt, start: (name: string, startTime: number) => Span): void {
  const endTime = Date.now();
  const span = start(`chat ${attempt.model}`, endTime - attempt.durationMs);
  span.setAttributes({ "aigw.target": attempt.target, ...attemptLabels(attempt) });
  if (attempt.repair) span.setAttribute("aigw.repair", true);
  if (attempt.usage !== undefined) {
    span.setAttribute("gen_ai.usage.input_tokens", attempt.usage.inputTokens);
    span.setAttribute("gen_ai.usage.output_tokens", attempt.usage.outputTokens);
  }
  if (attempt.outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}

const callAttributes = (decision: DecisionRecord) => ({
  "aigw.outcome": decision.outcome,
  "aigw.source": decision.source ?? "none",
  "aigw.cache": decision.cache,
  "aigw.cost_usd": costUsd(decision),
  "aigw.degraded": decision.degraded,
});
