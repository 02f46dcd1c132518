import type { DeepPartial } from "../deep-partial.js";
import type { TaskReply } from "../pipeline/task-call.js";
import type { ClientError } from "./client-error.js";
import type { TaskClient } from "./create-ai-client.js";
import { keptRecord, type RunStorage } from "./kept-record.js";
import type { Observable } from "./store.js";
import { createStreamRun } from "./stream-run.js";
import type { BuiltInTaskName, BuiltInTasks, TaskTypes, UnknownTask } from "./task-types.js";

/**
 * Where a task run is. What a call has said before it was whole stays when it fails or is stopped: `partialText` of a
 * task that answers in words, `partial` (the output so far) of the others.
 */
export type TaskRunState<Input, Output extends object> =
  | { readonly status: "idle" }
  | ({ readonly status: "loading"; readonly input: Input } & RunProgress<Output>)
  | { readonly status: "success"; readonly input: Input; readonly reply: TaskReply<Output> }
  | ({ readonly status: "error"; readonly input: Input; readonly error: ClientError } & RunProgress<Output>)
  | ({ readonly status: "stopped"; readonly input: Input } & RunProgress<Output>);

/** What a call has said so far. */
export interface RunProgress<Output extends object> {
  readonly partialText: string;
  readonly partial: DeepPartial<Output> | undefined;
}

/** One place in a page that runs a task, again and again, one run at a time. Nothing in it throws or rejects. */
export interface TaskRun<Input, Output extends object> extends Observable<TaskRunState<Input, Output>> {
  /** Starts a run; one that is still loading is stopped and forgotten. */
  start(input: Input): void;
  /** Stops the run, at the server too, and keeps what it has said; does nothing when none is loading. */
  stop(): void;
  /** Starts again with the last input; does nothing before the first start. */
  retry(): void;
  /** Stops the run and forgets it. */
  reset(): void;
  /**
   * For when the page is there (again): takes up what `storage` kept or what {@link TaskRun.leave | leave} left
   * running; does nothing without storage. A run whose stream is gone fails with `stream_gone`.
   */
  resume(): void;
  /** For when the page goes: lets the run go on at the server, for {@link TaskRun.resume | resume}; without storage, `stop`. */
  leave(): void;
}

/** Options of {@link createTaskRun}. */
export interface TaskRunOptions {
  /** Where to keep what a reload of the page must not lose. @default nothing is kept */
  readonly storage?: RunStorage | undefined;
}

/** A run of a built-in task, typed by its name. It frees everything when it is not loading. */
export function createTaskRun<Name extends BuiltInTaskName>(
  client: TaskClient,
  task: Name,
  options?: TaskRunOptions,
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
  options?: TaskRunOptions,
): TaskRun<Types["input"], Types["output"]>;
export function createTaskRun(
  client: TaskClient,
  task: string,
  { storage }: TaskRunOptions = {},
): TaskRun<unknown, object> {
  const run = createStreamRun(client, task);
  if (!storage) return { ...run, leave: run.stop, resume() {} };
  const kept = keptRecord(storage);
  /** The stream that the storage names. */
  let keptId: string | undefined;
  /** The stream of a reply that the page had before it was reloaded: if it is gone, nobody waits for it. */
  let seenId: string | undefined;

  run.subscribe(() => {
    const state = run.getState();
    const stream = run.streamId();
    if (state.status === "idle" || state.status === "stopped") kept.forget();
    else if (state.status === "success") kept.write({ input: state.input, stream, done: true });
    else if (state.status === "loading" && stream !== keptId) kept.write({ input: state.input, stream });
    else if (state.status === "error" && state.error.code === "stream_gone" && stream === seenId) run.reset();
    keptId = run.streamId(); // none after the reset
  });

  return {
    ...run,
    reset() {
      run.reset();
      kept.forget();
    },
    resume() {
      run.rejoin();
      if (run.getState().status !== "idle") return;
      const { input, stream, done } = kept.read() ?? {};
      if (typeof stream !== "string" || input === undefined) return;
      keptId = stream;
      seenId = done === true ? stream : undefined;
      run.follow(input, stream);
    },
  };
}
