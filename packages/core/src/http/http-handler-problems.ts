import * as z from "zod";
import { implementationSchema } from "../errors/implementation-schema.js";
import { optionProblems } from "../errors/option-problems.js";

/**
 * What is wrong with the options of `createHttpHandler`, one line each. A misspelt one is wrong, too: it would protect
 * nobody.
 */
export const httpHandlerProblems = (options: unknown): string[] => optionProblems(schema, options);

const moreThanNone = "must be a number more than 0";
const positive = z.number(moreThanNone).positive(moreThanNone).optional();
const text = z.string("must be a text").min(1, "must not be empty").optional();
const openApi = z
  .strictObject({
    title: text,
    version: text,
    serverUrl: text,
    securitySchemes: z.record(z.string(), z.looseObject({}), "must be schemes by name").optional(),
  })
  .optional();

const schema = z.strictObject({
  maxBodyBytes: positive,
  keepAliveMs: positive,
  onDisconnect: z.enum(["abort", "continue"], 'must be "abort" or "continue"').optional(),
  known: z.custom((value) => typeof value === "function", "must be a function").optional(),
  ipReputation: implementationSchema("check", "report"),
  openApi: z.preprocess((value) => (value === false ? undefined : value), openApi),
  streamStore: implementationSchema("open", "read", "stop"),
  clock: implementationSchema("now", "monotonic", "setTimer"),
});
