import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { validateInput } from "./validate-input.js";

const chat = {
  name: "chat",
  input: z.object({
    message: z.string("write something to ask").min(1, "write something to ask"),
    context: z.object({ page: z.string().max(10, "is too long").default("home") }).default({ page: "home" }),
  }),
};

function handWritten(validate: (value: unknown) => unknown) {
  const input = { "~standard": { version: 1, vendor: "hand", validate } } as unknown as StandardSchemaV1<
    unknown,
    string
  >;
  return { name: "hand", input };
}

async function failure(promise: Promise<unknown>) {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: unknown) => error as { code: string; message: string; cause?: unknown; details?: unknown },
  );
}

describe("validateInput", () => {
  it.each<[string, z.ZodType, object, string]>([
    [
      "an unknown key",
      z.strictObject({ a: z.string() }),
      { a: "x", "jane@example.com": 1 },
      'Unrecognized key: "*".',
    ],
    [
      "keys within keys",
      z.strictObject({}),
      { "+1 415 555": 1, "+1 415 555 2671": 1, user_rôle: 1, user_role: 1 },
      'Unrecognized keys: "*", "*", "*", "user_role".',
    ],
    [
      "the place of a value",
      z.object({ list: z.array(z.record(z.string(), z.string())) }),
      { list: [{ "jane@example.com": 1 }] },
      "list.0.*: Invalid input: expected string, received number.",
    ],
  ])("quotes no key that is somebody's content: %s", async (_, input, value, message) => {
    const error = await failure(validateInput({ name: "t", input }, value));
    expect(error).toMatchObject({ code: "invalid_input", message });
    expect(JSON.stringify(error.details)).not.toMatch(/jane|415/);
  });

  it("returns the typed value with the schema's defaults", async () => {
    const value = await validateInput(chat, { message: "hi", unknown: 1 });
    expect(value).toEqual({ message: "hi", context: { page: "home" } });
  });

  it.each([
    [{ message: "" }, "message: write something to ask.", ["message"]],
    [{}, "message: write something to ask.", ["message"]],
    [
      { message: "", context: { page: "x".repeat(11) } },
      "message: write something to ask; context.page: is too long.",
      ["message", "context.page"],
    ],
  ])("refuses %j in words for the caller", async (input, message, paths) => {
    const error = await failure(validateInput(chat, input));
    expect(error).toMatchObject({ code: "invalid_input", message });
    expect((error.details as { issues: { path: string }[] }).issues.map(({ path }) => path)).toEqual(paths);
  });

  it.each([null, undefined, 1, "text", []])("refuses %j", async (input) => {
    expect(await failure(validateInput(chat, input))).toMatchObject({ code: "invalid_input" });
  });

  it("waits for an asynchronous schema", async () => {
    const input = z.string().refine(async (text) => text === "right", "is wrong");
    await expect(validateInput({ name: "slow", input }, "right")).resolves.toBe("right");
    expect(await failure(validateInput({ name: "slow", input }, "left"))).toMatchObject({
      message: "is wrong.",
    });
  });

  it("reads paths with segments, symbols and indexes", async () => {
    const task = handWritten(() => ({
      issues: [{ message: "No way. ", path: [{ key: "list" }, 2, Symbol.for("odd")] }, { message: "bad" }],
    }));
    const error = await failure(validateInput(task, "x"));
    expect(error.message).toBe("list.2.Symbol(odd): No way; bad.");
    expect(error.details).toEqual({
      issues: [
        { path: "list.2.Symbol(odd)", message: "No way. " },
        { path: "", message: "bad" },
      ],
    });
  });

  it("keeps the message short and at most 20 issues, each cut at 200 characters", async () => {
    const issue = { message: "m".repeat(1000), path: ["p".repeat(1000)] };
    const task = handWritten(() => ({ issues: Array.from({ length: 500 }, () => issue) }));
    const error = await failure(validateInput(task, "x"));
    const { issues } = error.details as { issues: { path: string; message: string }[] };
    expect(issues).toHaveLength(20);
    expect(issues[0]).toEqual({ path: "p".repeat(200), message: "m".repeat(200) });
    expect(error.message).toContain("(and 497 more).");
    expect(error.message.length).toBeLessThan(1300);
  });

  it("calls an input invalid even when the schema names no issue", async () => {
    const error = await failure(
      validateInput(
        handWritten(() => ({ issues: [] })),
        "x",
      ),
    );
    expect(error).toMatchObject({ code: "invalid_input", message: "The input is not valid." });
  });

  it.each([
    ["throws", () => expect.fail("secret stack")],
    ["rejects", () => Promise.reject(new Error("secret stack"))],
    ["returns nothing", () => undefined],
    ["returns no result", () => ({})],
  ])("reports a schema that %s as our failure", async (_name, validate) => {
    const error = await failure(validateInput(handWritten(validate), "x"));
    expect(error).toMatchObject({ code: "internal", cause: expect.any(Error) });
    expect(error.message).not.toContain("secret");
  });
});
