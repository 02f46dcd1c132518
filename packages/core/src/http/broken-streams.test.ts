import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { Fault } from "../testing/chaos-plan.js";
import { chaosProvider } from "../testing/chaos-provider.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { createHttpHandler } from "./create-http-handler.js";
import { eventsOf, textOf } from "./stream-requests.test-support.js";

const question = z.object({ message: z.string() });
const prompt = ({ message }: z.infer<typeof question>) => ({
  messages: [{ role: "user" as const, content: message }],
});
const words = defineTask({
  name: "words",
  input: question,
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  prompt,
});
const list = defineTask({
  name: "list",
  input: question,
  output: z.object({ steps: z.array(z.string()) }),
  allow: "anyone",
  prompt,
});

/** Two models of a whole gateway behind HTTP, of which the first fails. */
function setUp(fault: Fault, reply: FakeReply) {
  const clock = manualClock();
  const auditSink = memoryAuditSink();
  const first = chaosProvider(fakeProvider([reply], { name: "first" }), { plan: [fault], clock });
  const second = fakeProvider([reply], { name: "second" });
  const gateway = createAiGateway({
    targets: [{ provider: first }, { provider: second }],
    tasks: [words, list],
    retry: { maxRetries: 0 },
    logger: { info() {}, warn() {}, error() {} },
    auditSink,
    clock,
  });
  const handle = createHttpHandler(gateway, { clock, keepAliveMs: 600_000 });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    let read: { status: number; text: string } | undefined;
    const reading = handle({
      method: "POST",
      path,
      headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
      body: { kind: "parsed", value: { message: "Hi" } },
      signal: new AbortController().signal,
      identify: () => undefined,
    }).then(async (reply) => {
      read = { status: reply.status, text: await textOf(reply) };
    });
    while (read === undefined) await clock.advance(1_000);
    await reading;
    return { status: read.status, chunks: eventsOf(read.text).map(({ chunk }) => chunk), text: read.text };
  };
  return { ask, records: auditSink.records };
}

const said = (chunks: readonly { type: string; [key: string]: unknown }[]) =>
  chunks.filter(({ type }) => type === "text-delta").map(({ delta }) => delta);
const inWords = { text: ["One ", "two ", "three."] };
const inJson = { text: ['{"steps":["a"', ',"b"', ',"c"]}'] };

const faults: [string, Fault, string][] = [
  ["a cut", { fault: "cut" }, "provider_cut"],
  ["silence", { fault: "stall" }, "provider_timeout"],
  ["a malformed line", { fault: "malformed" }, "provider_malformed"],
  ["an error inside the stream", { fault: "in-band" }, "provider_unavailable"],
  ["a limit told inside the stream", { fault: "in-band", status: 429 }, "provider_rate_limited"],
];

describe.each(faults)("a model's stream that breaks by %s", (_name, fault, code) => {
  it("after the first words ends with that error, once, and no other model is asked", async () => {
    const { ask, records } = setUp({ ...fault, after: 2 } as Fault, inWords);
    const { status, chunks, text } = await ask("/words");
    expect([status, said(chunks).join("")]).toEqual([200, "One two "]);
    expect(chunks.slice(-3)).toEqual([
      {
        type: "data-error",
        transient: true,
        data: { code, request_id: expect.any(String), retryable: true },
      },
      { type: "error", errorText: "Temporary issue. Please try again." },
      { type: "[DONE]" },
    ]);
    expect(chunks.filter(({ type }) => ["start", "finish", "abort", "error"].includes(type))).toHaveLength(2);
    expect(text).not.toMatch(/first|second/);
    expect(records).toMatchObject([{ outcome: "failed", error_code: code, attempts: [{ outcome: code }] }]);
  });

  it("before the first words is invisible: one start, the next model's words", async () => {
    const { ask, records } = setUp(fault, inWords);
    const { chunks } = await ask("/words");
    expect(said(chunks).join("")).toBe("One two three.");
    expect(chunks.map(({ type }) => type).filter((type) => /start$|error|reset/.test(type))).toEqual([
      "start",
      "text-start",
    ]);
    expect(records).toMatchObject([{ outcome: "ok", attempts: [{ outcome: code }, { outcome: "ok" }] }]);
  });

  it("begins anew for a client that asked for it", async () => {
    const { ask, records } = setUp({ ...fault, after: 2 } as Fault, inWords);
    const { chunks } = await ask("/words", { "x-ai-on-break": "restart" });
    const reset = chunks.findIndex(({ type }) => type === "reset-step");
    expect(said(chunks.slice(0, reset)).join("")).toBe("One two ");
    expect(said(chunks.slice(reset)).join("")).toBe("One two three.");
    expect(chunks.filter(({ type }) => type === "text-start")).toEqual([
      { type: "text-start", id: "text-1" },
      { type: "text-start", id: "text-2" },
    ]);
    expect(chunks.filter(({ type }) => type === "text-end")).toEqual([{ type: "text-end", id: "text-2" }]);
    expect(chunks.at(-2)?.type).toBe("finish");
    expect(records).toMatchObject([{ outcome: "ok", attempts: [{ outcome: code }, { outcome: "ok" }] }]);
  });

  it("costs an object nothing but its snapshots: they begin anew, and the last word is whole", async () => {
    const { ask } = setUp({ ...fault, after: 2 } as Fault, inJson);
    const { chunks } = await ask("/list");
    const snapshots = chunks.filter(({ type }) => type === "data-partial");
    expect(snapshots.length).toBeGreaterThan(1);
    expect(new Set(snapshots.map(({ id }) => id))).toEqual(new Set(["partial"]));
    expect(chunks.find(({ type }) => type === "data-output")).toMatchObject({
      data: { success: true, steps: ["a", "b", "c"], metadata: { provider: "second" } },
    });
    expect(chunks.some(({ type }) => /error|reset/.test(type))).toBe(false);
    expect(chunks.at(-2)?.type).toBe("finish");
  });
});
