import { type ClientErrorFields, createClientError } from "../client/client-error.js";
import type { ClientCall, TaskClient } from "../client/create-ai-client.js";
import type { StreamEvent } from "../client/stream-event.js";
import type { ReplyMetadata } from "../pipeline/task-call.js";
import { eventQueue } from "./event-queue.js";
import { scriptedReply } from "./scripted-gateway.js";

/** One call that a page has made. Each method plays one event and resolves when the page has taken it in. */
export interface ScriptedRun {
  readonly task: string;
  readonly input: unknown;
  /** Aborted when the page has lost interest. */
  readonly signal: AbortSignal | undefined;
  /** More text. */
  say(delta: string): Promise<void>;
  /** The output so far. */
  grow(partial: object): Promise<void>;
  /** The server starts its answer anew. */
  restart(text: string): Promise<void>;
  /** The reply, with plausible metadata. */
  finish(output: object, metadata?: Partial<ReplyMetadata>): Promise<void>;
  /** The call fails. */
  fail(error: ClientErrorFields): Promise<void>;
}

/** A client whose replies the test decides, one by one. */
export interface ScriptedClient extends TaskClient {
  /** Calls so far, oldest first. */
  readonly runs: readonly ScriptedRun[];
}

/**
 * Stands in for a gateway in tests of components and of anything else that takes a client. Like a bad network, it
 * goes on talking after a signal aborts.
 *
 * @example
 * const client = scriptedClient();
 * render(<AiProvider client={client}><HelpPanel /></AiProvider>);
 * // the user asks …
 * await act(() => client.runs[0].say("You can "));
 */
export function scriptedClient(): ScriptedClient {
  const runs: ScriptedRun[] = [];
  function stream(
    task: string,
    input: unknown,
    { signal }: ClientCall = {},
  ): AsyncIterable<StreamEvent<object>> {
    const queue = eventQueue<QueuedEvent>();
    const play = (event: QueuedEvent) => {
      queue.add(event);
      return settle();
    };
    runs.push({
      task,
      input,
      signal,
      say: (delta) => play({ type: "text-delta", delta }),
      grow: (partial) => play({ type: "partial", partial }),
      restart: (text) => play({ type: "text-reset", text }),
      finish: (output, metadata) => play({ type: "finish", reply: scriptedReply(output, {}, metadata) }),
      fail: (error) => play({ type: "fail", error: createClientError(error) }),
    });
    return played(queue.read());
  }
  return {
    runs,
    stream,
    async run(task, input, call) {
      for await (const event of stream(task, input, call)) if (event.type === "finish") return event.reply;
      throw createClientError({ code: "malformed_reply" });
    },
  };
}

type QueuedEvent = StreamEvent<object> | { readonly type: "fail"; readonly error: Error };

async function* played(events: AsyncIterable<QueuedEvent>): AsyncGenerator<StreamEvent<object>, void> {
  for await (const event of events) {
    if (event.type === "fail") throw event.error;
    yield event;
    if (event.type === "finish") return;
  }
}

/** Lets everything that waits for a settled promise run; without a timer, so that fake timers don't stop it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
