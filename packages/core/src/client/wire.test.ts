import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { type AnyTask, defineTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { createFetchHandler } from "../http/create-fetch-handler.js";
import { type GatewayScript, scriptedGateway, scriptedReply } from "../testing/scripted-gateway.js";
import { type AiClient, type AiClientOptions, createAiClient } from "./create-ai-client.js";
import { scriptedServer } from "./scripted-server.test-support.js";
import type { StreamEvent } from "./stream-event.js";
import { builtInPaths, taskPath } from "./task-path.js";

/** A client whose requests are answered by the gateway's own HTTP layer. */
function clientOf(
  answer: GatewayScript["answer"],
  tasks: readonly AnyTask[] = [],
  options: AiClientOptions = {},
): AiClient {
  const handle = createFetchHandler(scriptedGateway({ answer, tasks }), {
    identify: () => undefined,
    basePath: "/api/ai",
  });
  return createAiClient({
    ...options,
    baseUrl: "http://gateway.test/api/ai",
    paths: Object.fromEntries(tasks.map(({ name, path }) => [name, path])),
    fetch: (url, request) => handle(new Request(url, request)),
  });
}

async function collect(events: AsyncIterable<StreamEvent<object>>) {
  const collected: StreamEvent<object>[] = [];
  for await (const each of events) collected.push(each);
  return collected;
}

const question = { message: "What does it cost?" };

describe("the client and the gateway's HTTP layer", () => {
  it("agree on a streamed answer in words", async () => {
    const client = clientOf(async function* ({ call }) {
      yield { type: "text-delta", delta: "From " };
      yield { type: "text-delta", delta: "£9." };
      yield {
        type: "finish",
        reply: scriptedReply({ reply: "From £9." }, call, { degraded: "provider_down" }),
      };
    });
    const events = await collect(client.stream("chat", question));
    expect(events.map((event) => (event.type === "text-delta" ? event.delta : event.type))).toEqual([
      "From ",
      "£9.",
      "finish",
    ]);
    expect(events.at(-1)).toMatchObject({
      reply: {
        success: true,
        reply: "From £9.",
        metadata: { request_id: expect.any(String), usage: { input_tokens: 10 }, degraded: "provider_down" },
      },
    });
  });

  it("agree on a streamed answer that is no text, and on a plain one", async () => {
    const output = { checklist: ["Connect a tool"], tips: ["Start small"] };
    const client = clientOf(async function* ({ call }) {
      yield { type: "finish", reply: scriptedReply(output, call) };
    });
    const input = { stage: "first_login" };
    const events = await collect(client.stream("onboarding", input));
    expect(events).toMatchObject([{ type: "finish", reply: { success: true, ...output } }]);
    expect(await client.run("onboarding", input)).toMatchObject({ success: true, ...output });
  });

  it("agree on results as they grow, on tool calls, and on a new beginning", async () => {
    const call = { id: "call-1", name: "refund", arguments: '{"order":7}' };
    const client = clientOf(
      async function* ({ call: { onBreak } }) {
        yield { type: "text-delta", delta: `${onBreak}: ` };
        yield { type: "tool-call-start", id: call.id, name: call.name };
        yield { type: "tool-call-delta", id: call.id, delta: call.arguments };
        yield { type: "tool-call-end", ...call };
        yield { type: "reset" };
        yield { type: "text-delta", delta: "£9." };
        yield { type: "partial", partial: { tips: ["Start small"] } };
        yield { type: "finish", reply: scriptedReply({ reply: "£9." }) };
      },
      [],
      { onBreak: "restart" },
    );
    const events = await collect(client.stream("chat", question));
    expect(events).toMatchObject([
      { type: "text-delta", delta: "restart: " },
      { type: "tool-call-start", id: "call-1", name: "refund" },
      { type: "tool-call-delta", id: "call-1", delta: '{"order":7}' },
      { type: "tool-call-end", id: "call-1", name: "refund", input: { order: 7 } },
      { type: "text-reset", text: "" },
      { type: "text-delta", delta: "£9." },
      { type: "partial", partial: { tips: ["Start small"] } },
      { type: "finish", reply: { success: true, reply: "£9." } },
    ]);
  });

  it("agree on a tool call whose arguments are no JSON", async () => {
    const about = { id: "call-1", name: "refund" };
    const client = clientOf(async function* ({ call }) {
      yield { type: "tool-call-start", ...about };
      yield { type: "tool-call-end", ...about, arguments: "order 7" };
      yield { type: "finish", reply: scriptedReply({ reply: "" }, call) };
    });
    expect(await collect(client.stream("chat", question))).toMatchObject([
      { type: "tool-call-start", ...about },
      { type: "tool-call-end", ...about, input: "order 7" },
      { type: "finish" },
    ]);
  });

  it("agree on the id of a call", async () => {
    const client = clientOf(async function* ({ call }) {
      yield { type: "finish", reply: scriptedReply({ reply: "Hi" }, call) };
    });
    const { metadata } = await client.run("chat", question, { requestId: "my-request" });
    expect(metadata.request_id).toBe("my-request");
  });

  it("agree how a stream that broke goes on: nothing is lost, nothing comes twice", async () => {
    const { client, say, requests, goOffline, goOnline } = scriptedServer();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of client.stream("chat", question)) {
        seen.push(event.type === "text-delta" ? event.delta : event.type);
      }
    })();
    for (const [index, word] of ["one ", "two ", "three "].entries()) {
      await say(0, { type: "text-delta", delta: word });
      await expect.poll(() => seen).toHaveLength(index + 1);
      goOffline();
      goOnline();
    }
    await say(0, { type: "finish", reply: scriptedReply({ reply: "one two three " }) });
    await reading;
    expect(seen).toEqual(["one ", "two ", "three ", "finish"]);
    expect(requests).toEqual([
      "POST chat",
      ...Array(3).fill(expect.stringMatching(/^GET chat\/.+\/stream$/)),
    ]);
  });

  it("agree that a stream was cut which the server has ended with its connection", async () => {
    const { client, say, calls, goOffline, goOnline } = scriptedServer("abort");
    const seen: object[] = [];
    const reading = (async () => {
      for await (const event of client.stream("chat", question)) seen.push(event);
    })();
    await say(0, { type: "text-delta", delta: "From " });
    await expect.poll(() => seen).toHaveLength(1);
    goOffline();
    goOnline();
    await expect(reading).rejects.toMatchObject({
      code: "stream_cut",
      retryable: true,
      message: "AI is unavailable, please try again.",
    });
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it("agree on a stop by id", async () => {
    const { client, say, calls } = scriptedServer();
    const reading = collect(client.stream("chat", question, { requestId: "my-request-of-16" }));
    await say(0, { type: "text-delta", delta: "From " });
    await client.stop("chat", "my-request-of-16");
    await expect(reading).rejects.toMatchObject({ code: "aborted" });
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it("agree where each task is", async () => {
    const own = defineTask({
      name: "sum",
      path: "math/sum",
      input: z.unknown(),
      output: z.looseObject({}),
      allow: "anyone",
      prompt: () => ({ messages: [] }),
    });
    const client = clientOf(
      async function* ({ task, call }) {
        yield { type: "finish", reply: scriptedReply({ task }, call) };
      },
      [own],
    );
    for (const task of [...Object.keys(builtInPaths), "debug", "sum"]) {
      expect(await client.run<string>(task, {})).toMatchObject({ task });
    }
    await expect(client.run<string>("toString", {})).rejects.toMatchObject({ code: "not_found" });
  });

  it("agree on the paths of the built-in tasks", () => {
    const { tasks } = createAiGateway({ logger: { info() {}, warn() {}, error() {} } });
    for (const { name, path } of Object.values(tasks)) expect(taskPath(name), name).toBe(path);
  });

  it("agree on a failure before the first word", async () => {
    const issues = [{ path: "message", message: "write something to ask" }];
    const client = clientOf(async function* () {
      yield* [];
      throw new GatewayError("invalid_input", "message: write something to ask", { details: { issues } });
    });
    const expected = {
      code: "invalid_input",
      status: 400,
      message: "message: write something to ask",
      issues,
    };
    await expect(client.run("chat", question)).rejects.toMatchObject(expected);
    await expect(collect(client.stream("chat", question))).rejects.toMatchObject(expected);
  });

  it("agree on a failure after the first word", async () => {
    const client = clientOf(async function* () {
      yield { type: "text-delta", delta: "From " };
      throw new GatewayError("provider_filtered", "the vendor's content filter said no");
    });
    await expect(collect(client.stream("chat", question))).rejects.toMatchObject({
      code: "provider_filtered",
      message: "AI is unavailable, please try again.",
      requestId: expect.any(String),
      retryable: false,
    });
  });

  it("agree that leaving the loop ends the call", async () => {
    let signal: AbortSignal | undefined;
    const client = clientOf(async function* ({ call }) {
      signal = call.signal;
      yield { type: "text-delta", delta: "From " };
      await new Promise((_resolve, reject) =>
        signal?.addEventListener("abort", () => reject(signal?.reason)),
      );
    });
    for await (const _ of client.stream("chat", question)) break;
    await expect.poll(() => signal?.aborted).toBe(true);
  });
});
