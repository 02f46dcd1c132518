import type { DeepPartial } from "../deep-partial.js";
import type { Task, TaskContext } from "../define-task.js";
import type { ToolCall } from "../provider/provider.js";

/** A reply before it is read: a model's text, or a value that needs no parsing (local answers). Masked. */
export interface RawReply {
  readonly text?: string | undefined;
  readonly value?: unknown;
  /** The tools that the model calls; their arguments are masked. Absent when it calls none. */
  readonly toolCalls?: readonly ToolCall[] | undefined;
  /** The model was cut off at the task's `maxOutputTokens`: its JSON may break off. */
  readonly cutOff?: true | undefined;
}

/** Where a reply does not fit, as the `cause` of `invalid_output`: places alone, since values are never passed on. */
export interface Misfit {
  /** Keys and indexes from the root of what the model wrote. */
  readonly places: readonly (readonly (string | number)[])[];
}

/** One call's reading, whatever is read. */
export interface OutputReading<Input, Output extends object> {
  readonly task: Task<string, unknown, Input, Output>;
  /** Sanitized input, for the task's own check. */
  readonly input: Input;
  readonly restore: <Value>(value: Value) => Value;
  /** The same for a text that is JSON: the arguments of tool calls. */
  readonly restoreJson: (text: string) => string;
  readonly context: TaskContext;
}

/** Turns a reply into a task's output. */
export interface OutputReader {
  /**
   * Parse, restore the masked values, validate against the task's schema, then the task's own check: in this order,
   * so that a value with a quote can't break the JSON and a schema never sees a placeholder. Text of a task with
   * `fromModel` is validated against that schema and completed first.
   *
   * @throws `invalid_output` when one of them fails; its cause is a {@link Misfit} when the model's own writing is at
   * fault, so that the model can be told where.
   */
  read<Input, Output extends object>(
    reading: OutputReading<Input, Output> & { readonly reply: RawReply },
  ): Promise<Output>;
  /**
   * The output so far, of a reply that is still being written: `text` is its beginning, masked. Restored, and every
   * value in it is whole and of the output's type. Of a task with `fromModel` only what makes a whole output already.
   * `undefined` when there is nothing (yet) to show; never rejects because of what the model wrote.
   */
  readPartial<Input, Output extends object>(
    reading: OutputReading<Input, Output> & { readonly text: string },
  ): Promise<DeepPartial<Output> | undefined>;
}
