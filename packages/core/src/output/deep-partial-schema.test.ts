import { describe, expect, it } from "vitest";
import { deepPartialSchema } from "./deep-partial-schema.js";

describe("deepPartialSchema", () => {
  it("drops at every depth what only a finished value can meet", () => {
    const list = (extra: object) => ({
      type: "array",
      items: { $ref: "#/$defs/item" },
      maxItems: 3,
      ...extra,
    });
    const item = (extra: object) => ({ type: "object", properties: { name: { minLength: 2 } }, ...extra });
    expect(
      deepPartialSchema({
        type: "object",
        properties: { list: list({ minItems: 2, contains: { const: 1 }, minContains: 1, default: [] }) },
        required: ["list"],
        additionalProperties: false,
        $defs: {
          item: item({ required: ["name"], minProperties: 1, dependentRequired: { name: ["list"] } }),
        },
      }),
    ).toEqual({
      type: "object",
      properties: { list: list({}) },
      additionalProperties: false,
      $defs: { item: item({ additionalProperties: false }) },
    });
  });

  it("reaches into everything that holds a schema", () => {
    const whole = { properties: { a: {} }, required: ["a"] };
    const partial = { type: "object", properties: { a: {} }, additionalProperties: false };
    expect(
      deepPartialSchema({
        anyOf: [whole],
        allOf: [whole, true],
        prefixItems: [whole],
        items: whole,
        patternProperties: { x: whole },
        definitions: { x: whole },
        additionalProperties: whole,
      }),
    ).toEqual({
      type: "array",
      anyOf: [partial],
      allOf: [partial, true],
      prefixItems: [partial],
      items: partial,
      patternProperties: { x: partial },
      definitions: { x: partial },
      additionalProperties: partial,
    });
  });

  it("closes no object that takes keys by their pattern", () => {
    const schema = { type: "object", properties: { a: {} }, patternProperties: { "^x-": {} } };
    expect(deepPartialSchema(schema)).toEqual(schema);
  });

  it("lets the beginning of a value be that of several", () => {
    const a = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    const allOf = [{ maxProperties: 2 }];
    expect(deepPartialSchema({ oneOf: [a, { type: "null" }], allOf })).toEqual({
      allOf: [...allOf, { anyOf: [deepPartialSchema(a), { type: "null" }] }],
    });
  });

  it("takes what is no keyword for a name or a value", () => {
    const schema = {
      type: "object",
      properties: { required: { type: "string" }, minItems: { enum: [{ required: 1 }] } },
      additionalProperties: true,
    };
    expect(deepPartialSchema(schema)).toEqual(schema);
  });
});
