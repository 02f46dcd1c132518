import { createFetchHandler } from "../http/create-fetch-handler.js";
import type { OnDisconnect } from "../http/task-streams.js";
import type { Caller, TaskEvent } from "../pipeline/task-call.js";
import { scriptedGateway } from "../testing/scripted-gateway.js";
import { type AiClientOptions, createAiClient } from "./create-ai-client.js";

/** For tests: a gateway's own HTTP layer, whose answers the test writes, and a client of it. */
export function scriptedServer(onDisconnect: OnDisconnect = "continue", options: AiClientOptions = {}) {
  const { calls, gateway } = writtenGateway();
  let caller: Caller = { userId: "ada" };
  let handle = createFetchHandler(gateway, { basePath: "/api/ai", onDisconnect, identify: () => caller });
  const requests: string[] = [];
  let connection: AbortController | undefined = new AbortController();
  const client = createAiClient({
    ...options,
    baseUrl: "http://gateway.test/api/ai",
    fetch: async (url, request) => {
      if (!connection) throw new TypeError("fetch failed");
      requests.push(`${request.method} ${new URL(url).pathname.replace("/api/ai/", "")}`);
      const signal = AbortSignal.any([connection.signal, ...(request.signal ? [request.signal] : [])]);
      return handle(new Request(url, { ...request, signal }));
    },
  });
  return {
    client,
    calls,
    requests,
    /** Waits until the call has come, then says that. A call that never comes is the test's timeout. */
    async say(index: number, ...events: TaskEvent<object>[]) {
      while (!calls[index]) await new Promise((resolve) => setTimeout(resolve, 1));
      for (const event of events) calls[index]?.say(event);
    },
    goOffline() {
      connection?.abort();
      connection = undefined;
    },
    goOnline() {
      connection = new AbortController();
    },
    signIn(next: Caller) {
      caller = next;
    },
    /** What it has kept is lost. */
    restart() {
      handle = createFetchHandler(gateway, { basePath: "/api/ai", onDisconnect, identify: () => caller });
    },
  };
}

/** One call as the server got it. */
interface WrittenCall {
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  say(event: TaskEvent<object>): void;
}

function writtenGateway() {
  const calls: WrittenCall[] = [];
  const gateway = scriptedGateway({
    async *answer({ input, call }) {
      const said: TaskEvent<object>[] = [];
      let wake = () => {};
      calls.push({
        input,
        signal: call.signal,
        say(event) {
          said.push(event);
          wake();
        },
      });
      call.signal?.addEventListener("abort", () => wake());
      for (;;) {
        const event = said.shift();
        if (event) yield event;
        if (event?.type === "finish" || call.signal?.aborted) return;
        if (said.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  });
  return { calls, gateway };
}
