import * as z from "zod";
import { optionProblems } from "../../errors/option-problems.js";

/** What is wrong with {@link OpenApiOptions}, one line each. */
export const openApiProblems = (openApi: unknown): string[] => optionProblems(schema, { openApi });

const text = z.string("must be a text").min(1, "must not be empty").optional();
const schema = z.object({
  openApi: z.strictObject(
    {
      title: text,
      version: text,
      serverUrl: text,
      securitySchemes: z.record(z.string(), z.looseObject({}), "must be schemes by name").optional(),
    },
    { error: ({ code }) => (code === "invalid_type" ? "must be an object, or false" : undefined) },
  ),
});
