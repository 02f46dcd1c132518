import * as z from "zod";
import { invalidConfig } from "../errors/invalid-config.js";
import { optionProblems } from "../errors/option-problems.js";
import { secretSchema } from "../errors/secret-schema.js";
import { once } from "../once.js";
import { patternProblems } from "./custom-pattern.js";
import { knownShape } from "./known-values.js";
import { maskTypes } from "./mask-type.js";
import type { PatternMaskerOptions } from "./pattern-masker.js";
import { isTypeName, typeNameRule } from "./placeholder.js";

const functionOf = <Type>() => z.custom<Type>((value) => typeof value === "function", "must be a function");
const optionsSchema = once(() => {
  const likelihood = z.number().min(0).max(1);
  const typeName = z.string().refine(isTypeName, typeNameRule);
  const value = z.string().refine((text) => /[\p{L}\p{N}]/u.test(text), "must have a letter or digit");
  const knownTexts = z.array(value.optional());

  return z.strictObject({
    types: z.array(z.string()).optional(),
    minLikelihood: z.union([likelihood, z.record(typeName, likelihood)]).optional(),
    known: z.union([knownTexts, z.record(typeName, knownTexts.optional())], knownShape).optional(),
    exclude: z.array(value).optional(),
    patterns: z
      .array(
        z.strictObject({
          type: z.string(),
          pattern: z.string(),
          context: z.array(value).optional(),
          score: likelihood.optional(),
        }),
      )
      .optional(),
    detectors: z
      .array(
        z.looseObject({
          name: z.string().min(1),
          detect: functionOf<unknown>(),
          deadlineMs: z.number().positive(),
          onTimeout: z.enum(["block", "skip"]),
        }),
      )
      .optional(),
    key: secretSchema().optional(),
    restore: z.enum(["all", "none"]).optional(),
    createNonce: functionOf<unknown>().optional(),
    clock: z.looseObject({ setTimer: functionOf<unknown>() }).optional(),
  });
});

/** @throws `invalid_config` with every mistake, quoting no value but unknown types. */
export function checkMaskerOptions(options: PatternMaskerOptions): void {
  const problems = optionProblems(optionsSchema(), options);
  if (problems.length === 0) {
    problems.push(...typeProblems(options), ...likelihoodProblems(options), ...patternsProblems(options));
  }
  if (problems.length > 0) throw invalidConfig("Pattern masker", problems);
}

const typeProblems = ({ types = [] }: PatternMaskerOptions) =>
  types
    .filter((type) => !maskTypes.includes(type))
    .map((type) => `types: "${type}" is not one of ${maskTypes.join(", ")}`);

/** Detectors may find types that nobody names beforehand; without them, a name that is none is a mistake. */
function likelihoodProblems({
  minLikelihood,
  patterns = [],
  detectors = [],
}: PatternMaskerOptions): string[] {
  if (typeof minLikelihood !== "object" || detectors.length > 0) return [];
  const names = new Set<string>([...maskTypes, ...patterns.map(({ type }) => type)]);
  return Object.keys(minLikelihood)
    .filter((type) => !names.has(type))
    .map((type) => `minLikelihood: "${type}" is no type that is looked for`);
}

const patternsProblems = ({ patterns = [] }: PatternMaskerOptions) =>
  patterns.flatMap((pattern, index) =>
    patternProblems(pattern).map((problem) => `patterns.${index}.${problem}`),
  );
