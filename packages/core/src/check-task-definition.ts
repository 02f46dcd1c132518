import type { StandardSchemaV1 } from "@standard-schema/spec";
import * as z from "zod";
import { invalidConfig } from "./errors/invalid-config.js";
import { optionProblems } from "./errors/option-problems.js";
import { jsonSchemaOf } from "./json-schema-of.js";
import { once } from "./once.js";
import type { JsonSchema } from "./provider/provider.js";

/** The fields that are looked into; the others are checked for their kind only. */
interface AnyDefinition {
  readonly name: string;
  readonly output: StandardSchemaV1;
  readonly modelOutput?: StandardSchemaV1 | undefined;
  readonly complete?: unknown;
  readonly textField?: string | undefined;
  readonly toolCallsField?: string | undefined;
  readonly outputJsonSchema?: JsonSchema | undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isSchema = (value: unknown) => typeof Object(value)["~standard"] === "object";
const definitionSchema = once(() => {
  const schema = z.custom(isSchema, "must be a schema of zod or another Standard Schema library");
  const callback = z.custom((value) => typeof value === "function", "must be a function");
  const positive = z.int("must be a whole number").min(1, "must be 1 or more").optional();

  const names = z.array(z.string()).min(1);
  const fieldName = z.string("must be the name of an output field").optional();

  return z.strictObject({
    name: z
      .string("must be a text")
      .regex(/^[a-z][a-z0-9_-]*$/, "use lower case letters, digits, - and _, and begin with a letter"),
    path: z
      .string("must be a text")
      .regex(
        /^[a-z][a-z0-9_-]*(?:\/[a-z][a-z0-9_-]*)*$/,
        "use names like those of tasks, with single slashes between them",
      )
      .optional(),
    version: z.string("must be a text").optional(),
    input: schema,
    output: schema,
    textField: fieldName,
    toolCallsField: fieldName,
    allow: z.union(
      [
        z.enum(["anyone", "authenticated"]),
        z.strictObject({ roles: names, tenants: names.optional() }),
        z.strictObject({ tenants: names, roles: z.undefined().optional() }),
        z.custom((value) => typeof value === "function"),
      ],
      'say who may run it: "anyone", "authenticated", { roles: […] }, { tenants: […] } or a function',
    ),
    prompt: callback,
    local: callback.optional(),
    check: callback.optional(),
    modelOutput: schema.optional(),
    complete: callback.optional(),
    outputJsonSchema: z.custom(isObject, "must be a JSON Schema object").optional(),
    maxOutputTokens: positive,
    temperature: z.number("must be a number").min(0, "must be 0 or more").optional(),
    maxInputCharacters: positive,
    trustedFields: z.array(z.string("must be the name of an input field"), "must be a list").optional(),
    similarBy: z.string("must be the name of an input field").optional(),
    cacheTtlMs: z.number("must be a number").min(0, "must be 0 or more").optional(),
  });
});

/** The fields that every reply has of its own. */
const envelope = ["success", "metadata"];

/**
 * Checks a task's definition and finds the JSON Schema of what its model writes; none for a text task whose schema
 * library makes none.
 *
 * @throws `invalid_config` with every mistake.
 */
export function checkTaskDefinition(definition: AnyDefinition): JsonSchema | undefined {
  const problems = optionProblems(definitionSchema(), definition);
  let written: JsonSchema | undefined;
  if (problems.length === 0) {
    const { output, modelOutput, outputJsonSchema } = definition;
    written = outputJsonSchema ?? jsonSchemaOf(modelOutput ?? output, "input");
    problems.push(...modelProblems(definition, written));
    problems.push(
      ...outputProblems(definition, modelOutput === undefined ? written : jsonSchemaOf(output, "input")),
    );
  }
  const name = isObject(definition) ? definition.name : undefined;
  if (problems.length > 0) throw invalidConfig(`Task "${String(name)}"`, problems);
  return written;
}

function modelProblems(
  { textField, modelOutput, complete }: AnyDefinition,
  written: JsonSchema | undefined,
): string[] {
  if ((modelOutput === undefined) !== (complete === undefined))
    return ["modelOutput: goes with `complete`; give both, or neither"];
  if (textField !== undefined)
    return modelOutput === undefined ? [] : ["modelOutput: a text task's model writes `textField` only"];
  const source = modelOutput === undefined ? "output" : "modelOutput";
  return written === undefined
    ? [`outputJsonSchema: no JSON Schema can be made of \`${source}\`; give one, or use types that JSON has`]
    : [];
}

function outputProblems(
  { textField, toolCallsField }: AnyDefinition,
  outputSchema: JsonSchema | undefined,
): string[] {
  if (toolCallsField !== undefined && textField === undefined)
    return ["toolCallsField: goes with `textField`; a task that answers in JSON has no tool calls"];
  if (outputSchema === undefined) return [];
  if (outputSchema["type"] !== undefined && outputSchema["type"] !== "object")
    return ["output: must be an object"];
  const { properties, required, additionalProperties: more } = outputSchema;
  const isClosed = isObject(properties) && (more === undefined || more === false);
  const fields = isObject(properties) ? Object.keys(properties) : [];
  const written = { textField, toolCallsField };
  const others = Array.isArray(required)
    ? required.filter((field) => !Object.values(written).includes(field))
    : [];
  return [
    ...envelope
      .filter((field) => fields.includes(field))
      .map((field) => `output.${field}: every reply has this field already`),
    ...Object.entries(written)
      .filter(([, field]) => field !== undefined && isClosed && !fields.includes(field))
      .map(([option]) => `${option}: is no field of \`output\``),
    ...(textField !== undefined && others.length > 0
      ? [
          `output.${others.join(", output.")}: make it optional; a text task's model answers with \`${textField}\` only`,
        ]
      : []),
  ];
}
