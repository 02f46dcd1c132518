import * as z from "zod";
import { once } from "../../once.js";
import { requiredText } from "../required-text.js";
import { shortText } from "../short-text.js";

/** An error to explain, as it comes over the wire. */
export interface DebugInput {
  /** What kind of error it is, in the product's words: `auth_error`, `TimeoutError` … */
  readonly error_type: string;
  /** The error's own message. */
  readonly message: string;
  readonly context?: DebugContext | undefined;
}

/** What was called when it failed. */
export interface DebugContext {
  /** Service id or name; at most 200 characters. */
  readonly service?: string | undefined;
  /** Path or URL; at most 500 characters. */
  readonly endpoint?: string | undefined;
  /** Whole number from 100 to 599. */
  readonly http_status?: number | undefined;
}

/** What is wrong and what to do. No list is empty. */
export interface DebugOutput {
  /** One or two sentences. */
  readonly summary: string;
  /** Most likely first. */
  readonly probable_causes: readonly string[];
  /** In the order to try them. */
  readonly steps_to_fix: readonly string[];
  readonly prevention: readonly string[];
}

const statusError = "must be a whole number from 100 to 599";

/** Schema of {@link DebugInput}; unknown keys are dropped. */
export const debugInputSchema = once(
  (): z.ZodType<DebugInput, DebugInput> =>
    z.object(
      {
        error_type: requiredText("say what kind of error it is, for example auth_error"),
        message: requiredText("give the error's message"),
        context: z
          .object(
            {
              service: shortText().optional(),
              endpoint: shortText(500).optional(),
              http_status: z
                .int({ error: statusError })
                .min(100, { error: statusError })
                .max(599, { error: statusError })
                .optional(),
            },
            { error: "must be an object" },
          )
          .optional(),
      },
      { error: "send an object with error_type and message" },
    ),
);

/** Schema of {@link DebugOutput}. */
export const debugOutputSchema = once((): z.ZodType<DebugOutput, DebugOutput> => {
  const sentences = z
    .array(requiredText("a list item is empty"))
    .min(1, { error: "a list is empty" })
    .max(12);
  return z.object({
    summary: requiredText("the summary is empty"),
    probable_causes: sentences,
    steps_to_fix: sentences,
    prevention: sentences,
  });
});
