import { metrics, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryBudget } from "../budget/memory-budget.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { ProviderRequest } from "../provider/provider.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { inputs } from "./call-masking-inputs.test-support.js";
import { modes, watchedGateway } from "./call-masking-sinks.test-support.js";
import { personalValue, seededDice } from "./call-masking-values.test-support.js";
import type { CallOutcome } from "./decision-record.js";

const spans = new InMemorySpanExporter();
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({
  exporter: metricExporter,
  exportIntervalMillis: 2 ** 31 - 1,
});
beforeAll(() => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});
afterAll(async () => {
  await reader.shutdown();
  for (const api of [trace, metrics]) api.disable();
});

/** Not the system text: a reply that repeats it is refused. */
const told = ({ prompt }: ProviderRequest) => prompt.messages.map(({ content }) => content).join(" ");

/** Repeats what it was told, as words or as the object of `record`. */
const echo = (request: ProviderRequest): FakeReply => {
  const text = told(request);
  if (request.responseFormat !== undefined)
    return { text: [`{"note": ${JSON.stringify(text)}`, `, "fields": {"a": "b"}}`] };
  const call = { id: "call-9", name: "find", arguments: JSON.stringify({ who: text }) };
  return {
    text: [text.slice(0, 50), text.slice(50)],
    ...(request.tools === undefined ? {} : { toolCalls: [call] }),
  };
};
const failing = { retry: { maxRetries: 0 }, breaker: false } as const;
const refusal = (request: ProviderRequest) =>
  new GatewayError("provider_unavailable", "The provider is down.", { cause: new Error(told(request)) });

/** The ways a call can go, and how most calls end there. */
const paths: Record<string, readonly [CallOutcome, () => AiGatewayOptions]> = {
  "answered, and asked twice": ["ok", () => ({ provider: fakeProvider(echo) })],
  "answered without guards": [
    "ok",
    () => ({ provider: fakeProvider(echo), outputGuard: false, canary: false }),
  ],
  "local answer": ["degraded", () => ({})],
  degraded: [
    "degraded",
    () => ({ ...failing, provider: fakeProvider((request) => ({ error: refusal(request) })) }),
  ],
  failed: [
    "failed",
    () => ({
      ...failing,
      localFallback: false,
      provider: fakeProvider((request) => ({ error: refusal(request) })),
    }),
  ],
  "failed within a stream": [
    "failed",
    () => ({
      ...failing,
      localFallback: false,
      provider: fakeProvider((request) => ({ ...echo(request), error: refusal(request) })),
    }),
  ],
  "a defect of the provider": [
    "failed",
    () => ({
      ...failing,
      localFallback: false,
      provider: fakeProvider((request) => {
        throw new Error(told(request));
      }),
    }),
  ],
  "an unusable reply": [
    "failed",
    () => ({
      ...failing,
      localFallback: false,
      provider: fakeProvider((request) => ({ text: `{"${told(request)}` })),
    }),
  ],
  "over budget": [
    "refused",
    () => ({
      provider: fakeProvider(echo),
      budget: memoryBudget({ gateway: { dailyUsd: 0 }, onExceeded: "reject" }),
    }),
  ],
  "suspected and refused": ["ok", () => ({ provider: fakeProvider(echo), injectionMode: "enforce" })],
  "a hook that throws": [
    "ok",
    () => ({
      provider: fakeProvider(echo),
      hooks: {
        beforeRoute: ({ prompt }) => {
          throw new Error(JSON.stringify(prompt));
        },
      },
    }),
  ],
  aborted: ["aborted", () => ({ provider: fakeProvider((request) => ({ ...echo(request), hangs: true })) })],
};

const rounds = 18;

describe("no personal value of a call leaves it", () => {
  let requests = 0;

  it.each(Object.entries(paths))("%s", { timeout: 60_000 }, async (name, [outcome, options]) => {
    const dice = seededDice(Object.keys(paths).indexOf(name) + 1);
    const { send, noted, auditSink } = watchedGateway(options());
    const leaks: string[] = [];
    for (const [task, inputOf] of Array.from({ length: rounds }, () => Object.entries(inputs)).flat()) {
      const cores: string[] = [];
      const fill = () => {
        const { text, core } = personalValue(dice);
        if (dice(3) === 0) return "nothing";
        cores.push(core);
        return dice(2) === 0 ? text : `about ${text}, please`;
      };
      const input = inputOf(fill);
      for (const mode of modes) {
        const controller = new AbortController();
        if (name === "aborted") setImmediate(() => controller.abort());
        await send(task, input, { mode, signal: controller.signal });
        requests += 1;
        const shown = noted() + JSON.stringify(spansSoFar());
        const leaked = cores.filter(
          (core) => shown.includes(core) || shown.includes(encodeURIComponent(core)),
        );
        leaks.push(...leaked.map((core) => `${task}, ${mode}: ${core}`));
      }
    }
    expect(leaks).toEqual([]);
    const ended = auditSink.records.filter((record) => record.outcome === outcome);
    expect(ended.length).toBeGreaterThanOrEqual(auditSink.records.length / 3);
  });

  it("in thousands of requests, metrics included", async () => {
    await reader.forceFlush();
    const shown = JSON.stringify(metricExporter.getMetrics());
    expect(shown).toContain("aigw.calls");
    expect(shown).not.toMatch(/example\.com|ghp_|736-\d/);
    expect(requests).toBeGreaterThan(7_500);
  });
});

function spansSoFar() {
  const finished = spans.getFinishedSpans();
  spans.reset();
  return finished.map(({ name, attributes, events, status }) => [name, attributes, events, status]);
}
