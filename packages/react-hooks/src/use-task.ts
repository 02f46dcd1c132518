"use client";

import {
  type BuiltInTaskName,
  type BuiltInTasks,
  createTaskRun,
  type TaskTypes,
  type UnknownTask,
} from "@levqor/core/client";
import { useMemo } from "react";
import { useAiSession } from "./ai-session.js";
import { type TaskView, taskView } from "./task-view.js";
import { useObservable } from "./use-observable.js";

/** What a component can do with a task. The functions stay the same between renders. */
export interface TaskActions<Input> {
  /** Starts a call; one that is still loading is aborted and forgotten. Never throws: see `error`. */
  start(input: Input): void;
  /** Aborts the call. */
  stop(): void;
  /** Starts again with the last input. */
  retry(): void;
  /** Aborts the call and forgets it. */
  reset(): void;
}

/** What every task hook returns: the state of the last call, and what can be done. */
export type UseTask<Input, Output extends object> = TaskView<Input, Output> & TaskActions<Input>;

/** {@link UseTask} of a built-in task. */
export type UseBuiltInTask<Name extends BuiltInTaskName> = UseTask<
  BuiltInTasks[Name]["input"],
  BuiltInTasks[Name]["output"]
>;

/**
 * Runs a built-in task from a component. A call is aborted when the component goes, and everything is forgotten when
 * the provider's `identity` changes.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useTask<Name extends BuiltInTaskName>(name: Name): UseBuiltInTask<Name>;
/**
 * Runs the product's own task from a component.
 *
 * @throws Error without an {@link AiProvider}
 * @example
 * const { start, data, error, isLoading } = useTask<TypesOfTask<typeof summarize>>("summarize");
 */
export function useTask<Types extends TaskTypes = UnknownTask>(
  name: string,
): UseTask<Types["input"], Types["output"]>;
export function useTask(name: string): UseTask<unknown, object> {
  const session = useAiSession("useTask");
  const run = useMemo(() => createTaskRun<TaskTypes>(session.client, name), [session, name]);
  const state = useObservable(run);
  return useMemo(() => {
    const { start, stop, retry, reset } = run;
    return { ...taskView(state), start, stop, retry, reset };
  }, [run, state]);
}
