import { asClientError, createClientError } from "./client-error.js";
import type { TaskClient } from "./create-ai-client.js";
import type { RunProgress, TaskRunState } from "./create-task-run.js";
import type { StreamEvent } from "./stream-event.js";

/** One call of a run. */
export interface RunCall {
  readonly input: unknown;
  readonly streamId: string;
  /** As in {@link ClientCall}. */
  readonly conversation?: string | undefined;
  /** Whether it was started before, and is only read again. */
  readonly isFollowed: boolean;
  readonly stop: AbortController;
  readonly leave: AbortController;
}

/** Nothing was said yet. */
export const noProgress: RunProgress<object> = { partialText: "", partial: undefined };

/** The states that a call gives its run, one after the other. Reads on to the stream's end, and never throws. */
export async function* callStates(
  client: TaskClient,
  task: string,
  call: RunCall,
): AsyncGenerator<TaskRunState<unknown, object>, void> {
  const { input } = call;
  let progress = noProgress;
  let isFinished = false;
  try {
    const events = await openCall(client, task, call);
    if (!events) throw createClientError({ code: "stream_gone" });
    for await (const event of events) {
      isFinished = event.type === "finish";
      if (event.type === "finish") yield { status: "success", input, reply: event.reply };
      else {
        progress = progressed(progress, event);
        yield { status: "loading", input, ...progress };
      }
    }
    if (!isFinished) throw createClientError({ code: "stream_cut" });
  } catch (cause) {
    yield { status: "error", input, error: asClientError(cause), ...progress };
  }
}

function openCall(
  client: TaskClient,
  task: string,
  call: RunCall,
): ReturnType<NonNullable<TaskClient["resume"]>> {
  const { input, streamId, conversation, stop, leave } = call;
  const signals = { signal: stop.signal, leaveSignal: leave.signal };
  return Promise.resolve(
    call.isFollowed
      ? client.resume?.(task, streamId, signals)
      : client.stream(task, input, { ...signals, requestId: streamId, conversation }),
  );
}

function progressed(progress: RunProgress<object>, event: StreamEvent<object>): RunProgress<object> {
  if (event.type === "partial") return { ...progress, partial: event.partial };
  if (event.type === "text-reset") return { ...progress, partialText: event.text };
  if (event.type === "text-delta") return { ...progress, partialText: progress.partialText + event.delta };
  return progress;
}
