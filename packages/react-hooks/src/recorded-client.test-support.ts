import type { StreamEvent, TaskClient } from "@levqor/core/client";

/** A call that goes on whoever reads it, as at a server with `onDisconnect: "continue"`. */
interface RecordedCall {
  readonly task: string;
  readonly input: unknown;
  /** Whether it was stopped, and not only left. */
  readonly isStopped: boolean;
  /** How many read it now. */
  readonly readers: number;
  say(event: StreamEvent<object>): Promise<void>;
}

/** A client whose calls can be read again, from the beginning, and whose replies the test decides. */
export function recordedClient() {
  const calls: RecordedCall[] = [];
  const streams = new Map<string, (call?: ReadCall) => AsyncGenerator<StreamEvent<object>, void>>();
  const client: TaskClient = {
    run: () => Promise.reject(new Error("The hooks stream.")),
    stream(task, input, call = {}) {
      const recorded = createRecording(task, input);
      calls.push(recorded.call);
      streams.set(call.requestId ?? "", recorded.read);
      return recorded.read(call);
    },
    resume: async (_task, id, call) => streams.get(id)?.(call),
    stop: async () => {},
  };
  const call = (index: number): RecordedCall => {
    const found = calls[index];
    if (!found) throw new Error(`There was no call ${index}.`);
    return found;
  };
  return { client, calls, call, forget: () => streams.clear() };
}

type ReadCall = NonNullable<Parameters<TaskClient["stream"]>[2]>;

function createRecording(task: string, input: unknown) {
  const said: StreamEvent<object>[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const each of waiting) each();
  };
  const call = {
    task,
    input,
    isStopped: false,
    readers: 0,
    async say(event: StreamEvent<object>) {
      said.push(event);
      wake();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    },
  };
  async function* read({ signal, leaveSignal }: ReadCall = {}) {
    signal?.addEventListener("abort", () => {
      call.isStopped = true;
      wake();
    });
    leaveSignal?.addEventListener("abort", wake);
    call.readers++;
    try {
      for (let next = 0; !signal?.aborted && !leaveSignal?.aborted; ) {
        const event = said[next];
        if (event) {
          next++;
          yield event;
        } else await new Promise<void>((resolve) => waiting.add(resolve));
        if (event?.type === "finish") return;
      }
    } finally {
      call.readers--;
    }
  }
  return { call, read };
}
