import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { AccessRule } from "./authorize/access-rule.js";
import { checkTaskDefinition } from "./check-task-definition.js";
import type { Caller, TaskCall } from "./pipeline/task-call.js";
import type { JsonSchema, Prompt } from "./provider/provider.js";

/** What a task's own functions may know about the call. */
export interface TaskContext extends Pick<TaskCall, "known"> {
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/** What a prompt is made with. */
export interface PromptContext extends TaskContext {
  /**
   * Encloses a text that is no instruction, such as a document, in marks that its author can't know. The model is told
   * what they mean. Results of tools are enclosed in any case.
   */
  readonly fence: (text: string, title?: string) => string;
}

/** What a local answer may know on top. */
export interface LocalContext extends TaskContext {
  /** Puts masked values back, to look something up by them. The answer itself is restored in any case. */
  readonly restore: <Value>(value: Value) => Value;
}

/** What {@link defineTask} takes. Schemas are zod's or any other library's that speaks Standard Schema. */
export interface TaskDefinition<
  Name extends string,
  InputSchema extends StandardSchemaV1,
  OutputSchema extends StandardSchemaV1<unknown, object>,
  ModelSchema extends StandardSchemaV1 = StandardSchemaV1<never, never>,
> {
  /** Unique: lower case, digits, `-` and `_`. */
  readonly name: Name;
  /** Where its endpoint is, without slashes at the ends: `search/intelligent`. @default its name */
  readonly path?: string | undefined;
  /** Changes when the prompt changes: part of the cache key. @default "1" */
  readonly version?: string | undefined;
  readonly input: InputSchema;
  readonly output: OutputSchema;
  /**
   * The output field that holds the model's plain text, for tasks that answer in words. Without it the model is asked
   * for JSON that fits `output`.
   */
  readonly textField?: (keyof StandardSchemaV1.InferOutput<OutputSchema> & string) | undefined;
  /** The output field that holds the calls of the tools that `prompt` offers; goes with `textField`. @default none: it may offer none */
  readonly toolCallsField?: (keyof StandardSchemaV1.InferOutput<OutputSchema> & string) | undefined;
  /** Who may run it. */
  readonly allow: AccessRule;
  /** Builds the prompt from valid, sanitized input. What it returns is masked before it leaves. */
  readonly prompt: (
    input: StandardSchemaV1.InferOutput<InputSchema>,
    context: PromptContext,
  ) => Prompt | Promise<Prompt>;
  /**
   * Answers without any network, from masked input: used with no provider, in an outage, over budget, or switched off.
   * Same input, same answer. @default none: the call fails instead
   */
  readonly local?:
    | ((
        input: StandardSchemaV1.InferOutput<InputSchema>,
        context: LocalContext,
      ) => StandardSchemaV1.InferInput<OutputSchema> | Promise<StandardSchemaV1.InferInput<OutputSchema>>)
    | undefined;
  /** What the model writes, when that is not the output itself; goes with `complete`. @default output */
  readonly modelOutput?: ModelSchema | undefined;
  /**
   * Makes the output of what the model wrote: repairs it, or looks up what it names. Runs on cached replies too, so what
   * it looks up is never stale and always this caller's. Throws `invalid_output` to refuse.
   */
  readonly complete?:
    | ((
        written: StandardSchemaV1.InferOutput<ModelSchema>,
        input: StandardSchemaV1.InferOutput<InputSchema>,
        context: TaskContext,
      ) => StandardSchemaV1.InferInput<OutputSchema> | Promise<StandardSchemaV1.InferInput<OutputSchema>>)
    | undefined;
  /** A last look at the finished output: returns what is wrong with it (never logged), or nothing. @default none */
  readonly check?:
    | ((
        output: StandardSchemaV1.InferOutput<OutputSchema>,
        input: StandardSchemaV1.InferOutput<InputSchema>,
      ) => string | undefined)
    | undefined;
  /** JSON Schema of what the model writes, for schema libraries that can't make one. @default made by the schema library */
  readonly outputJsonSchema?: JsonSchema | undefined;
  /** Most tokens the model may write. @default 256 */
  readonly maxOutputTokens?: number | undefined;
  /** @default 0 */
  readonly temperature?: number | undefined;
  /** Longest string the input may hold; longer ones are cut and named in `metadata.truncated`. @default 5000 */
  readonly maxInputCharacters?: number | undefined;
  /**
   * Fields of the input that the product's own code writes, such as a system text: not looked at for injections.
   * @default none
   */
  readonly trustedFields?: readonly (keyof StandardSchemaV1.InferOutput<InputSchema> & string)[] | undefined;
  /**
   * Field of the input that holds the question, for a cache that serves similar questions: all else of the input, and of
   * the prompt, must be the same. @default none
   */
  readonly similarBy?: (keyof StandardSchemaV1.InferOutput<InputSchema> & string) | undefined;
  /** How long a model's reply may be served again, milliseconds; 0 never stores. @default 86_400_000 (24 h) */
  readonly cacheTtlMs?: number | undefined;
}

/** How a model's writing becomes an output that is still to be validated. */
export interface ModelReading<Input> {
  readonly schema: StandardSchemaV1;
  readonly complete: (written: unknown, input: Input, context: TaskContext) => unknown;
}

/** A task, resolved: every field is there. Made by {@link defineTask}. */
export interface Task<
  Name extends string = string,
  WireInput = unknown,
  Input = unknown,
  Output extends object = object,
> {
  readonly name: Name;
  readonly path: string;
  readonly version: string;
  readonly input: StandardSchemaV1<WireInput, Input>;
  readonly output: StandardSchemaV1<unknown, Output>;
  readonly textField: string | undefined;
  readonly toolCallsField: string | undefined;
  readonly allow: AccessRule;
  readonly prompt: (input: Input, context: PromptContext) => Prompt | Promise<Prompt>;
  readonly local: ((input: Input, context: LocalContext) => unknown) | undefined;
  /** How what a model wrote becomes an output; absent when it is one. */
  readonly fromModel: ModelReading<Input> | undefined;
  readonly check: ((output: Output, input: Input) => string | undefined) | undefined;
  /** What a model is asked for; absent for text tasks. */
  readonly outputJsonSchema: JsonSchema | undefined;
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly maxInputCharacters: number;
  readonly trustedFields: readonly string[];
  readonly similarBy: string | undefined;
  readonly cacheTtlMs: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds tasks of every input, and functions are contravariant
export type AnyTask = Task<string, any, any, any>; // any: see above

/**
 * Declares a task: typed input, typed output, a prompt for a model and, if it has one, a local answer.
 *
 * @throws `invalid_config` when a field makes no sense, or when a JSON Schema is needed and can't be made.
 * @example
 * const summarize = defineTask({
 *   name: "summarize",
 *   input: z.object({ text: z.string().min(1) }),
 *   output: z.object({ summary: z.string() }),
 *   textField: "summary",
 *   allow: "authenticated",
 *   prompt: ({ text }) => ({ system: "Summarize in two sentences.", messages: [{ role: "user", content: text }] }),
 * });
 */
export function defineTask<
  const Name extends string,
  InputSchema extends StandardSchemaV1,
  OutputSchema extends StandardSchemaV1<unknown, object>,
  ModelSchema extends StandardSchemaV1 = StandardSchemaV1<never, never>,
>(
  definition: TaskDefinition<Name, InputSchema, OutputSchema, ModelSchema>,
): Task<
  Name,
  StandardSchemaV1.InferInput<InputSchema>,
  StandardSchemaV1.InferOutput<InputSchema>,
  StandardSchemaV1.InferOutput<OutputSchema>
> {
  type Input = StandardSchemaV1.InferOutput<InputSchema>;
  type Output = StandardSchemaV1.InferOutput<OutputSchema>;
  const writtenSchema = checkTaskDefinition(definition);
  const { modelOutput, complete } = definition;
  const { name, textField, maxOutputTokens = 256, temperature = 0 } = definition;
  const { maxInputCharacters = 5000, cacheTtlMs = 86_400_000 } = definition;
  return {
    name,
    path: definition.path ?? name,
    version: definition.version ?? "1",
    input: definition.input as StandardSchemaV1<StandardSchemaV1.InferInput<InputSchema>, Input>,
    output: definition.output as StandardSchemaV1<unknown, Output>,
    textField,
    toolCallsField: definition.toolCallsField,
    allow: definition.allow,
    prompt: definition.prompt,
    local: definition.local,
    fromModel: modelOutput && complete && { schema: modelOutput, complete },
    check: definition.check,
    outputJsonSchema: textField === undefined ? writtenSchema : undefined,
    maxOutputTokens,
    temperature,
    maxInputCharacters,
    trustedFields: definition.trustedFields ?? [],
    similarBy: definition.similarBy,
    cacheTtlMs,
  };
}
