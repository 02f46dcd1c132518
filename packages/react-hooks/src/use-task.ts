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

/** Options of {@link useTask} and of the hooks of built-in tasks. */
export interface UseTaskOptions {
  /**
   * Names this place in the page, so that a reload does not lose its call: one that was still running goes on, and the
   * reply of one that had ended is fetched again, as long as the server has them (`onDisconnect: "continue"`). A call
   * that is lost fails with `stream_gone`. @default nothing is kept
   */
  readonly persist?: string | undefined;
}

/** What a component can do with a task. The functions stay the same between renders. */
export interface TaskActions<Input> {
  /** Starts a call; one that is still loading is aborted and forgotten. Never throws: see `error`. */
  start(input: Input): void;
  /** Stops the call and keeps what it has said. */
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
 * Runs a built-in task from a component. A call is stopped when the component goes (with `persist`: it goes on until the
 * component is back), and everything is forgotten when the provider's `identity` changes.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useTask<Name extends BuiltInTaskName>(
  name: Name,
  options?: UseTaskOptions,
): UseBuiltInTask<Name>;
/**
 * Runs the product's own task from a component.
 *
 * @throws Error without an {@link AiProvider}
 * @example
 * const { start, data, error, isLoading } = useTask<TypesOfTask<typeof summarize>>("summarize");
 */
export function useTask<Types extends TaskTypes = UnknownTask>(
  name: string,
  options?: UseTaskOptions,
): UseTask<Types["input"], Types["output"]>;
export function useTask(name: string, { persist }: UseTaskOptions = {}): UseTask<unknown, object> {
  const { client, storage } = useAiSession("useTask");
  const run = useMemo(
    () =>
      createTaskRun<TaskTypes>(client, name, {
        storage: persist === undefined ? undefined : storage.of(name, persist),
      }),
    [client, storage, name, persist],
  );
  const state = useObservable(run);
  return useMemo(() => {
    const { start, stop, retry, reset } = run;
    return { ...taskView(state), start, stop, retry, reset };
  }, [run, state]);
}
