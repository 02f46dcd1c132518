import { callStates, noProgress, type RunCall } from "./call-states.js";
import type { TaskClient } from "./create-ai-client.js";
import type { TaskRunState } from "./create-task-run.js";
import type { Store } from "./store.js";

/** The one call that a run has at a time. */
export interface CurrentCall {
  /** Names the last call; nothing when it was stopped. */
  streamId(): string | undefined;
  /** Whether it is being read: it may go on at the server, and nobody reads it. */
  isRead(): boolean;
  /** Begins a call, and sets the run's state as it goes on. `shown` is what its predecessor has said. */
  begin(call: Omit<RunCall, "stop" | "leave">, shown?: typeof noProgress): void;
  /** Stops it, also when nobody reads it any more or its connection was lost. */
  stop(): void;
  /** Ends the reading only. */
  leave(): void;
}

/** No call yet. */
export function createCurrentCall(
  client: TaskClient,
  task: string,
  { getState, setState }: Store<TaskRunState<unknown, object>>,
): CurrentCall {
  let current: RunCall | undefined;
  let streamId: string | undefined;

  async function read(call: RunCall): Promise<void> {
    for await (const state of callStates(client, task, call)) {
      if (current !== call) return;
      if (state.status !== "loading") current = undefined;
      setState(state);
    }
  }

  return {
    streamId: () => streamId,
    isRead: () => current !== undefined,
    begin(call, shown = noProgress) {
      const begun = { ...call, stop: new AbortController(), leave: new AbortController() };
      current = begun;
      streamId = call.streamId;
      setState({ status: "loading", input: call.input, ...shown });
      // A listener may have stopped it, or started another one.
      if (current === begun) void read(begun);
    },
    stop() {
      const stopped = current;
      const left = mayRunOn(getState()) ? streamId : undefined;
      // First, so that whatever the abort sets off is late already.
      current = streamId = undefined;
      if (stopped) stopped.stop.abort();
      else if (left) client.stop?.(task, left).catch(() => {});
    },
    leave() {
      const left = current;
      current = undefined;
      left?.leave.abort();
    },
  };
}

/** Whether a server may still be busy with a call that is not read. */
const mayRunOn = (state: TaskRunState<unknown, object>) =>
  state.status === "loading" ||
  (state.status === "error" && ["network", "timeout", "stream_cut"].includes(state.error.code));
