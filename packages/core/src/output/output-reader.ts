import type { Task, TaskContext } from "../define-task.js";

/** A reply before it is read: a model's text, or a value that needs no parsing (local answers). Masked. */
export interface RawReply {
  readonly text?: string | undefined;
  readonly value?: unknown;
  /** The model was cut off at the task's `maxOutputTokens`: its JSON may break off. */
  readonly cutOff?: true | undefined;
}

/** Where a reply does not fit, as the `cause` of `invalid_output`: places alone, since values are never passed on. */
export interface Misfit {
  /** Keys and indexes from the root of what the model wrote. */
  readonly places: readonly (readonly (string | number)[])[];
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
  read<Input, Output extends object>(reading: {
    readonly task: Task<string, unknown, Input, Output>;
    /** Sanitized input, for the task's own check. */
    readonly input: Input;
    readonly reply: RawReply;
    readonly restore: <Value>(value: Value) => Value;
    readonly context: TaskContext;
  }): Promise<Output>;
}
