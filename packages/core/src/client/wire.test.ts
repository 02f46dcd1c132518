import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { type AnyTask, defineTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { createFetchHandler } from "../http/create-fetch-handler.js";
import { type GatewayScript, scriptedGateway, scriptedReply } from "../testing/scripted-gateway.js";
import { type AiClient, createAiClient } from "./create-ai-client.js";
import type { StreamEvent } from "./stream-event.js";
import { builtInPaths, taskPath } from "./task-path.js";

/** A client whose requests are answered by the gateway's own HTTP layer. */
function clientOf(answer: GatewayScript["answer"], tasks: readonly AnyTask[] = []): AiClient {
  const handle = createFetchHandler(scriptedGateway({ answer, tasks }), {
    identify: () => undefined,
    basePath: "/api/ai",
  });
  return createAiClient({
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
