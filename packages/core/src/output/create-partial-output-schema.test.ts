import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createPartialOutputSchema } from "./create-partial-output-schema.js";

const fit = (output: z.ZodType<object>, value: unknown) =>
  createPartialOutputSchema({ output, outputJsonSchema: undefined })?.fitting(value);

/** A schema of a library that makes no JSON Schema. */
const foreign = {
  "~standard": { version: 1, vendor: "other", validate: (value: unknown) => ({ value: Object(value) }) },
} as const;
const fitJson = (outputJsonSchema: Record<string, unknown>, value: unknown) =>
  createPartialOutputSchema({ output: foreign, outputJsonSchema })?.fitting(value);

interface Node {
  readonly name: string;
  readonly children: readonly Node[];
}
const node: z.ZodType<Node> = z.object({
  name: z.string(),
  get children() {
    return z.array(node).min(1);
  },
});
const person = z.object({ name: z.string().min(2) }).meta({ id: "person" });

describe("createPartialOutputSchema", () => {
  it.each<[string, z.ZodType<object>, unknown]>([
    ["missing keys", z.object({ a: z.string(), b: z.object({ c: z.int(), d: z.int() }) }), { b: { d: 1 } }],
    ["a short list", z.object({ list: z.array(z.string()).min(3) }), { list: ["x"] }],
    ["a short tuple", z.object({ pair: z.tuple([z.string(), z.int()]) }), { pair: ["x"] }],
    [
      "an object in a list",
      z.object({ list: z.array(z.object({ a: z.string(), b: z.string() })) }),
      { list: [{ a: "" }] },
    ],
    ["an enum", z.object({ level: z.enum(["low", "high"]) }), { level: "high" }],
    ["a literal", z.object({ v: z.literal(["1", 2, null]) }), { v: 2 }],
    ["an integer in its range", z.object({ score: z.int().min(0).max(10) }), { score: 10 }],
    [
      "a format",
      z.object({ email: z.email(), at: z.iso.datetime(), id: z.uuid() }),
      { at: "2026-11-21T10:00:00Z" },
    ],
    ["null", z.object({ note: z.string().nullable() }), { note: null }],
    ["a record", z.object({ by: z.record(z.string(), z.array(z.int())) }), { by: { x: [1], y: [] } }],
    ["a record of few keys", z.object({ by: z.record(z.enum(["a", "b"]), z.int()) }), { by: { a: 1 } }],
    [
      "one of a union, from its tag on",
      z.object({
        s: z.discriminatedUnion("k", [
          z.object({ k: z.literal("a"), x: z.int() }),
          z.object({ k: z.literal("b"), y: z.string() }),
        ]),
      }),
      { s: { k: "b" } },
    ],
    [
      "one of a union, before its tag",
      z.object({
        s: z.discriminatedUnion("k", [
          z.object({ k: z.literal("a"), x: z.int() }),
          z.object({ k: z.literal("b"), y: z.string() }),
        ]),
      }),
      { s: { y: "" } },
    ],
    ["a schema that refers to itself", node, { name: "a", children: [{ name: "b", children: [] }] }],
    ["a schema with a name, twice", z.object({ a: person, b: person }), { a: { name: "Ada" }, b: {} }],
    ["an intersection", z.object({ a: z.string() }).and(z.object({ b: z.string() })), { b: "x" }],
    ["anything where anything goes", z.looseObject({ a: z.unknown() }), { a: { b: [1] }, c: "d" }],
    ["a value that has a default", z.object({ a: z.string().default("x"), b: z.int() }), { b: 1 }],
    ["a text that is trimmed, as it was written", z.object({ a: z.string().trim().min(1) }), { a: " x" }],
    ["a refined object", z.object({ a: z.int(), b: z.int() }).refine(({ a, b }) => a < b), { a: 3 }],
  ])("shows %s", (_, output, value) => {
    expect(fit(output, structuredClone(value))).toEqual(value);
  });

  it.each<[string, z.ZodType<object>, unknown]>([
    ["a wrong type", z.object({ a: z.string(), b: z.string() }), { a: "x", b: 1 }],
    [
      "a wrong type deep within",
      z.object({ list: z.array(z.object({ a: z.int() })) }),
      { list: [{ a: 1 }, { a: "1" }] },
    ],
    ["a wrong enum", z.object({ level: z.enum(["low", "high"]), a: z.int() }), { a: 1, level: "hi" }],
    ["a wrong literal", z.object({ v: z.literal(1) }), { v: 2 }],
    ["a number out of its range", z.object({ score: z.int().max(10) }), { score: 11 }],
    ["no integer", z.object({ score: z.int() }), { score: 1.5 }],
    ["a wrong format", z.object({ email: z.email() }), { email: "[EMAIL_k3f9_0001]" }],
    ["a text that is too short", z.object({ a: z.string().min(3) }), { a: "ab" }],
    ["a list that is too long", z.object({ list: z.array(z.int()).max(1) }), { list: [1, 2] }],
    ["null where it may not be", z.object({ a: z.string().optional() }), { a: null }],
    ["none of a union", z.object({ s: z.union([z.string(), z.object({ a: z.int() })]) }), { s: { a: "1" } }],
    ["a list for an object", z.object({ a: z.string() }), [1]],
    ["a text for an object", z.object({ a: z.string() }), "a"],
    ["nothing at all", z.object({ a: z.string() }), {}],
    ["a wrong value below a reference", node, { name: "a", children: [{ children: [{ name: 1 }] }] }],
    [
      "a value that becomes another one",
      z.object({
        at: z
          .string()
          .transform((text) => text.length)
          .pipe(z.int()),
      }),
      { at: "x" },
    ],
  ])("shows nothing of %s", (_, output, value) => {
    expect(fit(output, value)).toBeUndefined();
  });

  it("leaves out keys that the output will not have", () => {
    const output = z.object({ a: z.string(), list: z.array(z.object({ b: z.int() })) });
    expect(fit(output, { a: "x", note: 1, list: [{ b: 1, c: 2 }, { b: 2 }] })).toEqual({
      a: "x",
      list: [{ b: 1 }, { b: 2 }],
    });
    expect(fit(output, { note: 1 })).toBeUndefined();
    expect(fit(output, { note: 1, a: 2 })).toBeUndefined();
  });

  it("makes no prototype of a __proto__", () => {
    const hostile = () =>
      JSON.parse('{"__proto__":{"polluted":1},"a":"x","by":{"__proto__":{"polluted":1},"b":{"c":1}}}');
    for (const by of [z.record(z.string(), z.unknown()), z.unknown(), z.looseObject({})]) {
      const shown = fit(z.object({ a: z.string(), by }), hostile());
      expect(shown).toHaveProperty("a", "x");
      expect(Reflect.get(Object(shown), "polluted")).toBeUndefined();
      expect(Object.getPrototypeOf(Object(shown))).toBe(Object.prototype);
      expect(Object.hasOwn(Object(shown), "__proto__")).toBe(false);
    }
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each<[string, z.ZodType<object>]>([
    ["a date", z.object({ at: z.date() })],
    ["a transformation", z.object({ at: z.string().transform((text) => text.length) })],
    [
      "a codec",
      z.object({ at: z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: String }) }),
    ],
  ])("is none for %s, whatever JSON Schema was given", (_, output) => {
    const outputJsonSchema = { type: "object", properties: { at: { type: "string" } } };
    expect(createPartialOutputSchema({ output, outputJsonSchema })).toBeUndefined();
  });

  it("takes the task's JSON Schema where the schema library makes none", () => {
    const schema = {
      properties: { level: { enum: ["low", "high"] }, at: { $ref: "#/$defs/place" } },
      required: ["level", "at"],
      $defs: { place: { properties: { city: { type: ["string", "null"] } }, required: ["city"] } },
    };
    expect(fitJson(schema, { level: "low", at: { city: null } })).toEqual({
      level: "low",
      at: { city: null },
    });
    expect(fitJson(schema, { at: { city: "x", street: "y" } })).toEqual({ at: { city: "x" } });
    expect(fitJson(schema, { level: "lo" })).toBeUndefined();
    expect(fitJson(schema, { at: "x" })).toBeUndefined();
  });

  it.each([
    ["a condition", { type: "object", if: { required: ["a"] }, else: { required: ["b"] } }],
    ["a negation", { type: "object", not: { required: ["a"] } }],
    ["a reference to elsewhere", { $ref: "https://example.com/schema.json" }],
    ["a reference to nothing", { $ref: "#/$defs/none" }],
    ["an unknown type", { type: "date" }],
  ])("is none for %s", (_, outputJsonSchema) => {
    expect(createPartialOutputSchema({ output: foreign, outputJsonSchema })).toBeUndefined();
  });

  it("holds against the output's own schema where there is one, not against what a model is asked for", () => {
    const output = z.object({ level: z.enum(["low", "high"]) });
    const outputJsonSchema = { type: "object", properties: { level: { type: "string" } } };
    const partial = createPartialOutputSchema({ output, outputJsonSchema });
    expect(partial?.fitting({ level: "low" })).toEqual({ level: "low" });
    expect(partial?.fitting({ level: "lo" })).toBeUndefined();
  });

  it("leaves the registry of schemas alone", () => {
    fitJson({ id: "person", properties: { name: { type: "string" } } }, {});
    const { schemas } = z.toJSONSchema(z.globalRegistry);
    expect(schemas["person"]).toMatchObject({ required: ["name"] });
  });
});
