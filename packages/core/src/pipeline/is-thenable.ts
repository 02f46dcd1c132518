/** Whether something is to be awaited: awaiting what is there already costs as much as a step of the pipeline. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && "then" in value;
