import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "./create-ai-gateway.js";
import { defineTask } from "./define-task.js";
import { isGatewayError } from "./errors/gateway-error.js";

const gateway = createAiGateway();
const score = defineTask({
  name: "score",
  input: z.object({ text: z.string(), weight: z.number().default(1) }),
  output: z.object({ score: z.number(), words: z.array(z.string()) }),
  allow: "anyone",
  prompt: (input) => {
    expectTypeOf(input).toEqualTypeOf<{ text: string; weight: number }>();
    return { messages: [] };
  },
  local: () => ({ score: 1, words: [] }),
});

describe("defineTask", () => {
  it("infers what goes in and what comes out", async () => {
    const reply = await gateway.run(score, { text: "a" });
    expectTypeOf(reply.score).toEqualTypeOf<number>();
    expectTypeOf(reply.words).toEqualTypeOf<string[]>();
    expectTypeOf(reply.metadata.cost_usd).toEqualTypeOf<number>();
    expectTypeOf(score.name).toEqualTypeOf<"score">();
  });

  it("refuses a wrong input, a text field that is none, and a missing rule", () => {
    // @ts-expect-error: text is missing
    void gateway.run(score, { weight: 1 });
    const schemas = { input: z.object({}), output: z.object({ reply: z.string() }) };
    const prompt = () => ({ messages: [] });
    // @ts-expect-error: `title` is not a field of the output
    defineTask({ name: "a", ...schemas, textField: "title", allow: "anyone", prompt });
    // @ts-expect-error: who may run it must be said
    defineTask({ name: "a", ...schemas, prompt });
  });

  it("takes any Standard Schema", async () => {
    const input = {} as StandardSchemaV1<{ a: string }, { a: string }>; // as: types only
    const output = {} as StandardSchemaV1<unknown, { b: number }>; // as: types only
    const task = defineTask({
      name: "a",
      input,
      output,
      outputJsonSchema: {},
      allow: "anyone",
      prompt: () => ({ messages: [] }),
    });
    expectTypeOf((await gateway.run(task, { a: "" })).b).toEqualTypeOf<number>();
  });
});

describe("isGatewayError", () => {
  it("gives the code's details their type", () => {
    const error: unknown = undefined;
    if (isGatewayError(error, "rate_limited"))
      expectTypeOf(error.details.retryAfterMs).toEqualTypeOf<number>();
    if (isGatewayError(error, "forbidden")) expectTypeOf(error.details).toEqualTypeOf<undefined>();
  });
});

describe("the registered tasks", () => {
  it("stream what they are known to answer", async () => {
    for await (const event of gateway.stream(gateway.tasks.chat, { message: "Hello" })) {
      if (event.type === "finish") expectTypeOf(event.reply.reply).toEqualTypeOf<string>();
    }
    // @ts-expect-error: the message is missing
    void gateway.stream(gateway.tasks.chat, {});
  });
});

describe("the four task functions", () => {
  it("are typed", async () => {
    expectTypeOf((await gateway.chat({ message: "Hello" })).reply).toEqualTypeOf<string>();
    const { workflow } = await gateway.workflow({ description: "Every Monday, send a report" });
    expectTypeOf(workflow.steps[0]?.type).toEqualTypeOf<"trigger" | "condition" | "action" | undefined>();
    // @ts-expect-error: the message is missing
    void gateway.chat({});
  });
});
