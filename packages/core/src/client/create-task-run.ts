import type { TaskReply } from "../pipeline/task-call.js";
import { type ClientError, createClientError, isClientError } from "./client-error.js";
import type { TaskClient } from "./create-ai-client.js";
import { createStore, type Observable } from "./store.js";
import type { BuiltInTaskName, BuiltInTasks, TaskTypes, UnknownTask } from "./task-types.js";

/** Where a task run is. `partialText` is what a text task has said so far. */
export type TaskRunState<Input, Output extends object> =
  | { readonly status: "idle" }
  | { readonly status: "loading"; readonly input: Input; readonly partialText: string }
  | { readonly status: "success"; readonly input: Input; readonly reply: TaskReply<Output> }
  | {
      readonly status: "error";
      readonly input: Input;
      readonly error: ClientError;
      readonly partialText: string;
    }
  | { readonly status: "stopped"; readonly input: Input; readonly partialText: string };

/** One place in a page that runs a task, again and again, one run at a time. Nothing in it throws or rejects. */
export interface TaskRun<Input, Output extends object> extends Observable<TaskRunState<Input, Output>> {
  /** Starts a run; one that is still loading is aborted and forgotten. */
  start(input: Input): void;
  /** Aborts the run and keeps what it has said; does nothing when none is loading. */
  stop(): void;
  /** Starts again with the last input; does nothing before the first start. */
  retry(): void;
  /** Aborts the run and forgets it. */
  reset(): void;
}

/** A run of a built-in task, typed by its name. It frees everything when it is not loading. */
export function createTaskRun<Name extends BuiltInTaskName>(
  client: TaskClient,
  task: Name,
): TaskRun<BuiltInTasks[Name]["input"], BuiltInTasks[Name]["output"]>;
/**
 * A run of the product's own task.
 *
 * @example
 * const run = createTaskRun<TypesOfTask<typeof summarize>>(client, "summarize");
 */
export function createTaskRun<Types extends TaskTypes = UnknownTask>(
  client: TaskClient,
  task: string,
): TaskRun<Types["input"], Types["output"]>;
export function createTaskRun(client: TaskClient, task: string): TaskRun<unknown, object> {
  const { setState, ...store } = createStore<TaskRunState<unknown, object>>({ status: "idle" });
  let current: AbortController | undefined;

  const abort = () => {
    const aborted = current;
    // First, so that whatever the abort sets off is late already.
    current = undefined;
    aborted?.abort();
  };

  async function load(input: unknown, controller: AbortController): Promise<void> {
    let partialText = "";
    try {
      for await (const event of client.stream(task, input, { signal: controller.signal })) {
        if (controller.signal.aborted) return;
        if (event.type === "finish") {
          current = undefined;
          setState({ status: "success", input, reply: event.reply });
        } else {
          partialText = event.type === "text-reset" ? event.text : partialText + event.delta;
          setState({ status: "loading", input, partialText });
        }
      }
      if (current === controller) throw createClientError({ code: "stream_cut" });
    } catch (cause) {
      if (current !== controller) return;
      current = undefined;
      const error = isClientError(cause) ? cause : createClientError({ code: "network", cause });
      setState({ status: "error", input, error, partialText });
    }
  }

  const run: TaskRun<unknown, object> = {
    ...store,
    start(input) {
      abort();
      current = new AbortController();
      const controller = current;
      setState({ status: "loading", input, partialText: "" });
      // A listener may have stopped it, or started another one.
      if (current === controller) void load(input, controller);
    },
    stop() {
      const state = store.getState();
      if (state.status !== "loading") return;
      abort();
      setState({ status: "stopped", input: state.input, partialText: state.partialText });
    },
    retry() {
      const state = store.getState();
      if (state.status !== "idle") run.start(state.input);
    },
    reset() {
      abort();
      if (store.getState().status !== "idle") setState({ status: "idle" });
    },
  };
  return run;
}
