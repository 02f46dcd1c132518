import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "./create-ai-gateway.js";
import { defineTask } from "./define-task.js";
import { isGatewayError } from "./errors/gateway-error.js";
import type { AiGatewayOptions } from "./gateway-options.js";
import { fakeProvider } from "./testing/fake-provider.js";

const definition = {
  name: "echo",
  input: z.object({}),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  prompt: () => ({ messages: [] }),
} as const;
const silent = { info() {}, warn() {}, error() {} };

function problemsOf(options: object): readonly string[] {
  try {
    createAiGateway({ logger: silent, ...options } as AiGatewayOptions); // as: some options are wrong on purpose
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}

describe("createAiGateway options", () => {
  it("lists every mistake in one message, with the option's name", () => {
    const options = {
      rateLimitter: {},
      retry: { maxRetries: -1 },
      budget: { limit: 5 },
      auditFailure: "ignore",
    };
    expect(
      problemsOf(options)
        .map((problem) => problem.split(":")[0])
        .sort(),
    ).toEqual(["auditFailure", "budget", "rateLimitter", "retry.maxRetries"]);
  });

  it.each([
    [{ outputGuard: true }, "outputGuard: must be false, or an object with inspect() and holdsFrom()"],
    [{ breaker: true }, "breaker: must be false, or have failureThreshold and openMs, each more than 0"],
    [{ breaker: { openMs: 0 } }, "breaker.openMs: must be more than 0"],
    [{ breaker: { open: 1 } }, "breaker.open: there is no such option; check its spelling"],
  ])("says of %j what may stand there instead", (options, problem) => {
    expect(problemsOf(options)).toEqual([problem]);
    expect(problemsOf({ outputGuard: false, breaker: false })).toEqual([]);
  });

  it("does not guess the price of a model", () => {
    const provider = fakeProvider([{}], { model: "house-model" });
    expect(problemsOf({ provider })).toEqual([expect.stringContaining('"house-model"')]);
    expect(problemsOf({ provider, unpriced: "allow" })).toEqual([]);
    expect(problemsOf({ provider, unpriced: { assume: { inputUsd: 1, outputUsd: 2 } } })).toEqual([]);
    expect(problemsOf({ provider, unpriced: { assume: { inputUsd: 1 } } })).toHaveLength(1);
    expect(problemsOf({ targets: [{ provider, price: { inputUsd: 1, outputUsd: 2 } }] })).toEqual([]);
  });

  it("refuses provider and targets together", () => {
    const provider = fakeProvider([{}]);
    expect(problemsOf({ provider, targets: [{ provider }] })).toHaveLength(1);
  });

  it("warns once that there is no provider", () => {
    const warnings: string[] = [];
    createAiGateway({ logger: { ...silent, warn: (_, message) => warnings.push(message) } });
    expect(warnings).toEqual([expect.stringContaining("No AI provider is configured")]);
  });

  it("refuses calls after close", async () => {
    const gateway = createAiGateway({ logger: silent });
    await gateway.close();
    await expect(gateway.chat({ message: "Hello" })).rejects.toSatisfy((error) =>
      isGatewayError(error, "switched_off"),
    );
  });

  it("refuses two tasks of one name, and a router without targets", () => {
    const task = defineTask({ ...definition, name: "twice" });
    expect(problemsOf({ tasks: [task, task] })).toEqual(['tasks: two tasks are named "twice"']);
    expect(problemsOf({ router: { route() {}, plan() {} } })).toEqual([
      "router: must have a list of targets",
    ]);
  });

  it("refuses two tasks at one path", () => {
    const atChat = defineTask({ ...definition, path: "chat" });
    expect(problemsOf({ tasks: [atChat] })).toEqual([
      'tasks: "echo" has the path "chat" of "chat"; give it another one',
    ]);
  });

  it("says what to pass when it gets a task's name", async () => {
    const gateway = createAiGateway({ logger: silent });
    await expect(gateway.run("chat" as never, {})).rejects.toThrow("pass a task made by defineTask()"); // as: wrong on purpose
  });
});
