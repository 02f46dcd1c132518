import { describe, expect, it } from "vitest";
import * as z from "zod";
import { defineTask } from "./define-task.js";
import { isGatewayError } from "./errors/gateway-error.js";

const definition = {
  name: "sum",
  input: z.object({ numbers: z.array(z.number()) }),
  output: z.object({ total: z.number() }),
  allow: "anyone",
  prompt: () => ({ messages: [] }),
} as const;

function problemsOf(changes: object): readonly string[] {
  try {
    defineTask({ ...definition, ...changes } as typeof definition); // as: wrong on purpose
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}

describe("defineTask", () => {
  it("fills in what is not said", () => {
    expect(defineTask(definition)).toMatchObject({
      version: "1",
      maxOutputTokens: 256,
      temperature: 0,
      maxInputCharacters: 5000,
      cacheTtlMs: 86_400_000,
      outputJsonSchema: { type: "object", required: ["total"] },
      path: "sum",
      fromModel: undefined,
    });
  });

  it("asks the model for what it writes, not for what becomes of it", () => {
    const task = defineTask({
      ...definition,
      path: "math/sum",
      output: z.object({ at: z.date() }),
      modelOutput: z.object({ day: z.string() }),
      complete: ({ day }) => ({ at: new Date(day) }),
    });
    expect(task.outputJsonSchema).toMatchObject({ required: ["day"] });
    expect(task.path).toBe("math/sum");
  });

  it.each([{ roles: ["admin"] }, { tenants: ["acme"] }, { roles: ["admin"], tenants: ["acme"] }])(
    "takes the rule %j",
    (allow) => {
      expect(problemsOf({ allow })).toEqual([]);
    },
  );

  it.each<[string, object, RegExp]>([
    ["a name that is no path", { name: "Sum up" }, /^name:/],
    ["no rule", { allow: undefined }, /^allow: say who may run it/],
    ["an unknown rule", { allow: "everyone" }, /^allow:/],
    ["a rule without lists", { allow: {} }, /^allow:/],
    ["a rule with an empty list", { allow: { tenants: [] } }, /^allow/],
    ["a rule with a misspelt list", { allow: { roles: ["admin"], tenant: ["acme"] } }, /^allow/],
    ["no prompt", { prompt: undefined }, /^prompt: must be a function/],
    ["an input that is no schema", { input: { numbers: [] } }, /^input: must be a schema/],
    ["an unknown field", { maxTokens: 5 }, /^maxTokens: there is no such option/],
    ["a limit of nothing", { maxOutputTokens: 0 }, /^maxOutputTokens:/],
    ["a negative time to live", { cacheTtlMs: -1 }, /^cacheTtlMs:/],
    ["a type that JSON does not have", { output: z.object({ at: z.date() }) }, /^outputJsonSchema:/],
    ["an output that is a list", { output: z.array(z.string()) }, /^output: must be an object/],
    ["a field of the reply's own", { output: z.object({ success: z.boolean() }) }, /^output.success:/],
    ["a path with a slash at its end", { path: "sums/" }, /^path:/],
    ["a model output that nothing completes", { modelOutput: z.object({}) }, /^modelOutput: goes with/],
    ["a completion of nothing", { complete: () => ({ total: 1 }) }, /^modelOutput: goes with/],
    [
      "a text task whose model writes something else",
      {
        output: z.object({ reply: z.string() }),
        textField: "reply",
        modelOutput: z.object({}),
        complete: () => ({ reply: "" }),
      },
      /^modelOutput: a text task/,
    ],
    [
      "a model output that JSON does not have",
      { modelOutput: z.object({ at: z.date() }), complete: () => ({ total: 1 }) },
      /^outputJsonSchema: .*`modelOutput`/,
    ],
    ["a text field that is none", { textField: "text" }, /^textField:/],
    [
      "a text task with more to answer than text",
      { output: z.object({ reply: z.string(), score: z.number() }), textField: "reply" },
      /^output.score: make it optional/,
    ],
  ])("refuses %s", (_, changes, problem) => {
    expect(problemsOf(changes)).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  it("lists every mistake at once", () => {
    expect(problemsOf({ name: "", allow: undefined, prompt: 1 })).toHaveLength(3);
  });

  it("lists what is missing when nothing is given", () => {
    expect(() => defineTask({} as typeof definition)).toThrow(/name:[\s\S]*input:[\s\S]*prompt:/);
  });
});
