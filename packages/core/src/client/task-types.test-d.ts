import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { defineTask } from "../define-task.js";
import type { TaskReply } from "../pipeline/task-call.js";
import type { ChatInput, ChatOutput } from "../tasks/chat/chat-schema.js";
import type { WorkflowStep } from "../tasks/workflow/workflow-schema.js";
import { type AiClient, createAiClient, type TaskClient } from "./create-ai-client.js";
import { createTaskRun } from "./create-task-run.js";
import type { TypesOfTask } from "./task-types.js";

const summarize = defineTask({
  name: "summarize",
  input: z.object({ text: z.string(), words: z.coerce.number().default(50) }),
  output: z.object({ summary: z.string() }),
  textField: "summary",
  allow: "anyone",
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
});
type Summarize = TypesOfTask<typeof summarize>;

const client = createAiClient();
const own = createAiClient<{
  summarize: Summarize;
  chat: { input: { ask: string }; output: { tell: string } };
}>();

describe("a client", () => {
  it("knows the built-in tasks by name", () => {
    expectTypeOf(client.run("chat", { message: "Hi" })).resolves.toEqualTypeOf<TaskReply<ChatOutput>>();
    expectTypeOf(client.run("workflow", { description: "x" }))
      .resolves.toHaveProperty("workflow")
      .toEqualTypeOf<{ readonly steps: readonly WorkflowStep[] }>();
    // @ts-expect-error a chat needs a message
    void client.run("chat", { text: "Hi" });
    // @ts-expect-error a level is one of two words
    void client.run("workflow", { description: "x", context: { experience_level: "expert" } });
  });

  it("knows a product's own tasks by their definition", () => {
    expectTypeOf<Summarize["output"]>().toEqualTypeOf<{ summary: string }>();
    expectTypeOf(own.run("summarize", { text: "x" }))
      .resolves.toHaveProperty("summary")
      .toEqualTypeOf<string>();
    // @ts-expect-error text is missing
    void own.run("summarize", { words: 5 });
    expectTypeOf(own.run("chat", { ask: "x" }))
      .resolves.toHaveProperty("tell")
      .toEqualTypeOf<string>();
    expectTypeOf(own.run("debug", { error_type: "a", message: "b" })).resolves.toHaveProperty("steps_to_fix");
  });

  it("runs any other task untyped", () => {
    expectTypeOf(client.run("translate", 7)).resolves.toHaveProperty("metadata");
    expectTypeOf(client.run("translate", 7)).resolves.toHaveProperty("text").toEqualTypeOf<unknown>();
  });

  it("types what a stream yields", async () => {
    for await (const event of client.stream("chat", { message: "Hi" })) {
      if (event.type === "finish") expectTypeOf(event.reply.reply).toEqualTypeOf<string>();
      else if (event.type === "text-delta") expectTypeOf(event.delta).toEqualTypeOf<string>();
      else if (event.type === "text-reset") expectTypeOf(event.text).toEqualTypeOf<string>();
      else if (event.type === "tool-call-end") expectTypeOf(event.input).toEqualTypeOf<unknown>();
    }
    for await (const event of client.stream("workflow", { description: "x" })) {
      if (event.type !== "partial") continue;
      expectTypeOf(event.partial.explanation).toEqualTypeOf<string | undefined>();
      expectTypeOf(event.partial.workflow?.steps?.[0]?.description).toEqualTypeOf<string | undefined>();
    }
  });

  it("types what it takes up again, which may be nothing", async () => {
    const stream = await own.resume("summarize", "stream-1");
    // @ts-expect-error there may be none
    void stream[Symbol.asyncIterator];
    for await (const event of stream ?? [])
      if (event.type === "finish") expectTypeOf(event.reply.summary).toEqualTypeOf<string>();
    expectTypeOf(own.stop("summarize", "stream-1")).resolves.toEqualTypeOf<void>();
  });

  it("is a task client, whatever it knows", () => {
    expectTypeOf(client).toExtend<TaskClient>();
    expectTypeOf(own).toExtend<TaskClient>();
    expectTypeOf<AiClient>().toExtend<TaskClient>();
  });
});

describe("a task run", () => {
  it("is typed by a built-in name, by a definition, or not at all", () => {
    expectTypeOf(createTaskRun(client, "chat").start).parameter(0).toEqualTypeOf<ChatInput>();
    const run = createTaskRun<Summarize>(own, "summarize");
    const state = run.getState();
    if (state.status === "success") expectTypeOf(state.reply.summary).toEqualTypeOf<string>();
    if (state.status === "loading" || state.status === "error" || state.status === "stopped")
      expectTypeOf(state.partial).toEqualTypeOf<{ readonly summary?: string } | undefined>();
    // @ts-expect-error no reply while loading
    if (state.status === "loading") state.reply;
    expectTypeOf(createTaskRun(client, "translate").start).parameter(0).toEqualTypeOf<unknown>();
  });
});
