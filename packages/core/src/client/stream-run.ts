import type { TaskClient } from "./create-ai-client.js";
import type { TaskRun, TaskRunState } from "./create-task-run.js";
import { createCurrentCall } from "./current-call.js";
import { randomId } from "./random-id.js";
import { createStore } from "./store.js";

/** What task runs and threads are made of: a {@link TaskRun} that can take up a stream by its id. */
export interface StreamRun extends Omit<TaskRun<unknown, object>, "resume"> {
  /** Names the last call; nothing when it was stopped or forgotten. */
  streamId(): string | undefined;
  /** Reads a stream that was started before this run was made. */
  follow(input: unknown, streamId: string): void;
  /** Reads the stream again that was left; does nothing when none was. */
  rejoin(): void;
}

/** A run that has not started. `conversation` tells which one its next call is part of. */
export function createStreamRun(
  client: TaskClient,
  task: string,
  conversation: () => string | undefined = () => undefined,
): StreamRun {
  const store = createStore<TaskRunState<unknown, object>>({ status: "idle" });
  const { getState, setState, subscribe } = store;
  const call = createCurrentCall(client, task, store);

  const start = (input: unknown) => {
    call.stop();
    call.begin({ input, streamId: randomId(), conversation: conversation(), isFollowed: false });
  };
  return {
    getState,
    subscribe,
    streamId: call.streamId,
    start,
    follow: (input, streamId) => call.begin({ input, streamId, isFollowed: true }),
    rejoin() {
      const state = getState();
      const streamId = call.streamId();
      if (state.status !== "loading" || call.isRead() || streamId === undefined) return;
      const { input, partialText, partial } = state;
      // What was shown stays until the stream, which comes from its beginning, has said something.
      call.begin({ input, streamId, isFollowed: true }, { partialText, partial });
    },
    leave: call.leave,
    stop() {
      const state = getState();
      if (state.status !== "loading") return;
      call.stop();
      setState({ ...state, status: "stopped" });
    },
    retry() {
      const state = getState();
      if (state.status !== "idle") start(state.input);
    },
    reset() {
      call.stop();
      if (getState().status !== "idle") setState({ status: "idle" });
    },
  };
}
