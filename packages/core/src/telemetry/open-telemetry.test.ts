import { context, metrics, trace } from "@opentelemetry/api";
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
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { GatewayError } from "../errors/gateway-error.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

const silent = { info() {}, warn() {}, error() {} };
let spans: InMemorySpanExporter;
let metricExporter: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;

beforeEach(() => {
  spans = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 2 ** 31 - 1 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});
afterEach(async () => {
  await reader.shutdown();
  for (const api of [trace, metrics, context]) api.disable();
});

async function chatOnce(reply: FakeReply, telemetry = {}) {
  const provider = fakeProvider([reply]);
  const options = {
    provider,
    telemetry,
    logger: silent,
    auditSink: memoryAuditSink(),
    retry: { maxRetries: 0 },
  };
  return createAiGateway(options).chat({ message: "CANARY ada@example.com", context: { page: "pricing" } });
}

const recordedMetrics = async () => {
  await reader.forceFlush();
  return metricExporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
};

describe("openTelemetry", () => {
  it("makes a span of the call, of each step, and of each attempt at a model, all ended", async () => {
    await chatOnce({ text: "An answer" });
    const finished = spans.getFinishedSpans();
    const names = finished.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["aigw.task chat", "aigw.validate", "aigw.route", "chat gpt-4o-mini"]),
    );
    const call = finished.find(({ name }) => name === "aigw.task chat");
    expect(
      finished.every(
        (span) => span === call || span.parentSpanContext?.spanId === call?.spanContext().spanId,
      ),
    ).toBe(true);
    expect(finished.find(({ name }) => name.startsWith("chat"))?.attributes).toMatchObject({
      "gen_ai.provider.name": "fake",
      "gen_ai.request.model": "gpt-4o-mini",
      "gen_ai.usage.input_tokens": 10,
    });
    expect(call?.attributes).toMatchObject({ "aigw.outcome": "ok", "aigw.source": "model" });
  });

  it("marks what failed, with its code", async () => {
    await chatOnce({ error: new GatewayError("provider_unavailable", "CANARY") });
    const attempt = spans.getFinishedSpans().find(({ name }) => name === "chat gpt-4o-mini");
    expect(attempt?.status.code).toBe(2);
    expect(attempt?.attributes["error.type"]).toBe("provider_unavailable");
  });

  it("records tokens, durations, calls and cost", async () => {
    await chatOnce({ text: "An answer" });
    const names = (await recordedMetrics()).map(({ descriptor }) => descriptor.name);
    expect(names).toEqual(
      expect.arrayContaining([
        "gen_ai.client.token.usage",
        "gen_ai.client.operation.duration",
        "aigw.calls",
        "aigw.cost",
      ]),
    );
  });

  it("counts requests that were refused before they were calls, by code", async () => {
    const gateway = createAiGateway({ logger: silent, auditSink: memoryAuditSink() });
    const refused = new GatewayError("address_refused", "CANARY");
    for (const _request of [1, 2]) await gateway.recordRefusal(refused, { task: gateway.tasks.chat });
    const calls = (await recordedMetrics()).find(({ descriptor }) => descriptor.name === "aigw.calls");
    expect(calls?.dataPoints).toMatchObject([
      {
        value: 2,
        attributes: { "aigw.task": "chat", "aigw.outcome": "refused", "error.type": "address_refused" },
      },
    ]);
    expect(spans.getFinishedSpans().find(({ name }) => name === "aigw.task chat")?.attributes).toMatchObject({
      "error.type": "address_refused",
    });
  });

  it("never records content", async () => {
    await chatOnce({ text: "CANARY reply" });
    await chatOnce({ error: new GatewayError("provider_malformed", "CANARY") });
    const told = spans
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
    expect(JSON.stringify([told, await recordedMetrics()])).not.toMatch(/CANARY|ada@/);
  });

  it("is silent when it is switched off", async () => {
    await chatOnce({ text: "An answer" }, { traces: false, metrics: false });
    expect(spans.getFinishedSpans()).toEqual([]);
    expect(await recordedMetrics()).toEqual([]);
  });
});
