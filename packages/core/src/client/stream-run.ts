import { asClientError, createClientError } from "./client-error.js";
import type { TaskClient } from "./create-ai-client.js";
import type { RunProgress, TaskRun, TaskRunState } from "./create-task-run.js";
import { randomRequestId } from "./random-request-id.js";
import { createStore } from "./store.js";
import type { StreamEvent } from "./stream-event.js";

/** What task runs and threads are made of: a {@link TaskRun} that can take up a stream by its id. */
export interface StreamRun extends Omit<TaskRun<unknown, object>, "resume"> {
  /** Names the last call; nothing when it was stopped or forgotten. */
  streamId(): string | undefined;
  /** Reads a stream that was started before; does nothing while one is read. */
  follow(input: unknown, streamId: string): void;
}

/** A call that is read. */
interface CurrentCall {
  readonly input: unknown;
  readonly streamId: string;
  readonly stop: AbortController;
  readonly leave: AbortController;
  /** Whether somebody else has started it. */
  readonly isFollowed: boolean;
}

type Progress = RunProgress<object>;
const noProgress: Progress = { partialText: "", partial: undefined };

/** A run that has not started. */
export function createStreamRun(client: TaskClient, task: string): StreamRun {
  const { setState, ...store } = createStore<TaskRunState<unknown, object>>({ status: "idle" });
  let current: CurrentCall | undefined;
  let streamId: string | undefined;

  /** Stops what is running, also when nobody reads it any more. */
  const end = () => {
    const ended = current;
    const left = store.getState().status === "loading" ? streamId : undefined;
    // First, so that whatever the abort sets off is late already.
    current = streamId = undefined;
    if (ended) ended.stop.abort();
    else if (left) client.stop?.(task, left).catch(() => {});
  };

  async function load(call: CurrentCall): Promise<void> {
    const { input } = call;
    let progress = noProgress;
    try {
      const events = await openCall(client, task, call);
      if (!events) throw createClientError({ code: "stream_gone" });
      for await (const event of events) {
        if (current !== call) return;
        if (event.type === "finish") {
          current = undefined;
          setState({ status: "success", input, reply: event.reply });
        } else {
          progress = progressed(progress, event);
          setState({ status: "loading", input, ...progress });
        }
      }
      if (current === call) throw createClientError({ code: "stream_cut" });
    } catch (cause) {
      if (current !== call) return;
      current = undefined;
      setState({ status: "error", input, error: asClientError(cause), ...progress });
    }
  }

  const begin = (call: Pick<CurrentCall, "input" | "streamId" | "isFollowed">, progress: Progress) => {
    const begun = { ...call, stop: new AbortController(), leave: new AbortController() };
    current = begun;
    streamId = call.streamId;
    setState({ status: "loading", input: call.input, ...progress });
    // A listener may have stopped it, or started another one.
    if (current === begun) void load(begun);
  };

  const run: StreamRun = {
    ...store,
    streamId: () => streamId,
    start(input) {
      end();
      begin({ input, streamId: randomRequestId(), isFollowed: false }, noProgress);
    },
    follow(input, id) {
      const state = store.getState();
      // What was shown stays until the stream, which comes from its beginning, has said something.
      const progress = state.status === "loading" ? progressOf(state) : noProgress;
      if (!current) begin({ input, streamId: id, isFollowed: true }, progress);
    },
    leave() {
      const left = current;
      current = undefined;
      left?.leave.abort();
    },
    stop() {
      const state = store.getState();
      if (state.status !== "loading") return;
      end();
      setState({ status: "stopped", input: state.input, ...progressOf(state) });
    },
    retry() {
      const state = store.getState();
      if (state.status !== "idle") run.start(state.input);
    },
    reset() {
      end();
      if (store.getState().status !== "idle") setState({ status: "idle" });
    },
  };
  return run;
}

function openCall(
  client: TaskClient,
  task: string,
  call: CurrentCall,
): ReturnType<NonNullable<TaskClient["resume"]>> {
  const { input, streamId, stop, leave } = call;
  const signals = { signal: stop.signal, leaveSignal: leave.signal };
  return Promise.resolve(
    call.isFollowed
      ? client.resume?.(task, streamId, signals)
      : client.stream(task, input, { ...signals, requestId: streamId }),
  );
}

const progressOf = ({ partialText, partial }: Progress): Progress => ({ partialText, partial });

function progressed(progress: Progress, event: StreamEvent<object>): Progress {
  if (event.type === "partial") return { ...progress, partial: event.partial };
  if (event.type === "text-reset") return { ...progress, partialText: event.text };
  if (event.type === "text-delta") return { ...progress, partialText: progress.partialText + event.delta };
  return progress;
}
