import { createFetchHandler } from "../http/create-fetch-handler.js";
import type { OnDisconnect } from "../http/task-streams.js";
import type { Caller, TaskEvent } from "../pipeline/task-call.js";
import { eventQueue } from "../testing/event-queue.js";
import { scriptedGateway } from "../testing/scripted-gateway.js";
import { type AiClientOptions, createAiClient } from "./create-ai-client.js";

/** For tests: a gateway's own HTTP layer, whose answers the test writes, and a client of it. */
export function scriptedServer(onDisconnect: OnDisconnect = "continue", options: AiClientOptions = {}) {
  const { calls, gateway } = writtenGateway();
  let caller: Caller = { userId: "ada" };
  let handle = createFetchHandler(gateway, { basePath: "/api/ai", onDisconnect, identify: () => caller });
  const requests: string[] = [];
  /** Each breaks a connection that is open. */
  const connections = new Set<() => void>();
  /** A server holds its requests; one that is collected would not hear of an abort. */
  const received: Request[] = [];
  let isOnline = true;
  const client = createAiClient({
    ...options,
    baseUrl: "http://gateway.test/api/ai",
    fetch: async (url, request) => {
      if (!isOnline) throw new TypeError("fetch failed");
      requests.push(`${request.method} ${new URL(url).pathname.replace("/api/ai/", "")}`);
      const arrived = new Request(url, request);
      received.push(arrived);
      return breakable(await handle(arrived), connections);
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
      isOnline = false;
      for (const breakIt of connections) breakIt();
    },
    goOnline() {
      isOnline = true;
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
  /** The masker's name of it. */
  readonly conversation: string | undefined;
  say(event: TaskEvent<object>): void;
}

function writtenGateway() {
  const calls: WrittenCall[] = [];
  const gateway = scriptedGateway({
    async *answer({ input, call }) {
      const said = eventQueue<TaskEvent<object>>();
      calls.push({ input, signal: call.signal, conversation: call.conversation, say: said.add });
      for await (const event of said.read(call.signal)) {
        yield event;
        if (event.type === "finish") return;
      }
    },
  });
  return { calls, gateway };
}

/** The response, over a connection that can break. */
function breakable(response: Response, connections: Set<() => void>): Response {
  const reader = response.body?.getReader();
  if (!reader) return response;
  let breakIt = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      breakIt = () => {
        connections.delete(breakIt);
        controller.error(new TypeError("terminated"));
        void reader.cancel();
      };
      connections.add(breakIt);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!connections.has(breakIt)) return;
      if (!done) return controller.enqueue(value);
      connections.delete(breakIt);
      controller.close();
    },
    cancel() {
      connections.delete(breakIt);
      return reader.cancel();
    },
  });
  return new Response(body, response);
}
