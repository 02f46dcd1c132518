import type { OnBreak, TaskReply } from "../pipeline/task-call.js";
import { createCallGuard } from "./call-guard.js";
import { asClientError, createClientError } from "./client-error.js";
import { followCall } from "./follow-call.js";
import { randomId } from "./random-id.js";
import { sendRequest } from "./send-request.js";
import { streamEndpoint } from "./stream-endpoint.js";
import type { StreamEvent } from "./stream-event.js";
import { taskPath } from "./task-path.js";
import type { TaskName, TypesOfName } from "./task-types.js";

/** Headers to send, by name. */
export type RequestHeaders = Readonly<Record<string, string>>;

/** Options of {@link createAiClient}. */
export interface AiClientOptions {
  /** Where the gateway is mounted: a path, or a whole URL. @default "/api/ai" */
  readonly baseUrl?: string | undefined;
  /** Endpoints of the product's own tasks that have a `path`, by name. @default every own task is at its name */
  readonly paths?: Readonly<Record<string, string>> | undefined;
  /** Sent with each call. A function is asked before each call, so a fresh token is always sent. @default none */
  readonly headers?: RequestHeaders | (() => RequestHeaders | Promise<RequestHeaders>) | undefined;
  /** Whether cookies go along; `include` for a gateway on another origin. @default "same-origin" */
  readonly credentials?: "omit" | "same-origin" | "include" | undefined;
  /** @default the global fetch */
  readonly fetch?: ((url: string, request: RequestInit) => Promise<Response>) | undefined;
  /** A call fails with `timeout` when nothing arrives for so long, milliseconds. `Infinity`: never. @default 30_000 */
  readonly timeoutMs?: number | undefined;
  /**
   * How often to try to connect again, one after the other, when a connection breaks in the middle of a stream; the
   * stream goes on where it was if the server still has it. 0: never. @default 3
   */
  readonly reconnect?: number | undefined;
  /**
   * What the server does when a model fails in the middle of a streamed text: `terminate` ends it with the error,
   * `restart` lets another one begin anew (`text-reset`). @default "terminate"
   */
  readonly onBreak?: OnBreak | undefined;
}

/** What accompanies one call. */
export interface ClientCall {
  /** Aborts the call, at the server too; it then rejects with code `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the call here only: a server that keeps streams running goes on, for `resume`. It rejects with `aborted`. */
  readonly leaveSignal?: AbortSignal | undefined;
  /** Names the call, for `resume` and `stop`: 8 to 128 of `A-Z a-z 0-9 . _ -`. @default a random one */
  readonly requestId?: string | undefined;
  /**
   * Names the conversation that the call is part of: 16 to 200 of `A-Z a-z 0-9 . _ -` that nobody can guess. At a server
   * whose masker has a `key`, a value then has the same placeholder in all its calls. @default none
   */
  readonly conversation?: string | undefined;
}

/** A client as task runs and hooks need it, whatever tasks it knows. Implement it to fake a gateway. */
export interface TaskClient {
  run(task: string, input: unknown, call?: ClientCall): Promise<TaskReply<object>>;
  stream(task: string, input: unknown, call?: ClientCall): AsyncIterable<StreamEvent<object>>;
  /** Without it, nothing can be taken up again. */
  resume?(
    task: string,
    requestId: string,
    call?: ResumeCall,
  ): Promise<AsyncIterable<StreamEvent<object>> | undefined>;
  stop?(task: string, requestId: string): Promise<void>;
}

/** What accompanies a call that is taken up again. */
export type ResumeCall = Pick<ClientCall, "signal" | "leaveSignal">;

/** Calls the tasks of one gateway. `Tasks` adds the product's own to the built-in ones. */
export interface AiClient<Tasks = unknown> {
  /** Runs a task and gives back its reply. @throws ClientError */
  run<Name extends TaskName<Tasks>>(
    task: Name,
    input: TypesOfName<Tasks, Name>["input"],
    call?: ClientCall,
  ): Promise<TaskReply<TypesOfName<Tasks, Name>["output"]>>;
  /**
   * Runs a task and gives back what arrives, as it arrives. The call starts with the loop over it; leaving the loop
   * ends it, at the server too.
   *
   * @throws ClientError
   * @example
   * for await (const event of client.stream("chat", { message: "What does it cost?" })) {
   *   if (event.type === "text-delta") show(event.delta);
   * }
   */
  stream<Name extends TaskName<Tasks>>(
    task: Name,
    input: TypesOfName<Tasks, Name>["input"],
    call?: ClientCall,
  ): AsyncIterable<StreamEvent<TypesOfName<Tasks, Name>["output"]>>;
  /**
   * Takes up a stream that was started before, by this page or by the one before a reload: all its events from the
   * first one, then as they arrive. Nothing when the server does not have it (any more), or not for this user.
   *
   * @throws ClientError
   */
  resume<Name extends TaskName<Tasks>>(
    task: Name,
    requestId: string,
    call?: ResumeCall,
  ): Promise<AsyncIterable<StreamEvent<TypesOfName<Tasks, Name>["output"]>> | undefined>;
  /** Stops a stream at the server, whoever reads it; does nothing when there is none. @throws ClientError */
  stop(task: TaskName<Tasks>, requestId: string): Promise<void>;
}

/** One request: what to ask, and in which form the answer is wanted. */
interface Ask extends ClientCall {
  readonly task: string;
  readonly input: unknown;
  readonly accept: "application/json" | "text/event-stream";
}

/**
 * Makes a client for the gateway at `baseUrl`. It holds no state and opens no connection.
 *
 * @example
 * const client = createAiClient({ headers: async () => ({ authorization: `Bearer ${await token()}` }) });
 * const { workflow } = await client.run("workflow", { description: "When a lead comes in, tell #sales" });
 */
export function createAiClient<Tasks = unknown>(options: AiClientOptions = {}): AiClient<Tasks> {
  const tries = options.reconnect;
  const guardOf = ({ signal, leaveSignal }: ClientCall) =>
    createCallGuard(options.timeoutMs, [signal, leaveSignal]);

  async function* ask({ task, input, accept, ...call }: Ask): AsyncGenerator<StreamEvent<object>, void> {
    const { requestId = randomId(), conversation } = call;
    const headers = {
      "content-type": "application/json",
      accept,
      "x-request-id": requestId,
      ...(options.onBreak === "restart" && { "x-ai-on-break": "restart" }),
      ...(conversation !== undefined && { "x-ai-conversation": conversation }),
    };
    const path = taskPath(task, options.paths);
    const request = { method: "POST", path, headers, body: JSON.stringify(input) } as const;
    const isStream = accept === "text/event-stream";
    const endpoint = isStream ? streamEndpoint(options, task, requestId) : undefined;
    const guard = guardOf(call);
    const response = () => sendRequest(options, request, guard);
    yield* followCall({ call, guard, endpoint, tries, response });
  }

  const client: TaskClient = {
    async run(task, input, call) {
      for await (const event of ask({ ...call, task, input, accept: "application/json" })) {
        if (event.type === "finish") return event.reply;
      }
      throw createClientError({ code: "malformed_reply" });
    },
    stream: (task, input, call) => ask({ ...call, task, input, accept: "text/event-stream" }),
    async resume(task, requestId, call = {}) {
      const endpoint = streamEndpoint(options, task, requestId);
      const guard = guardOf(call);
      try {
        const reply = await endpoint.open(guard);
        if (reply.status !== 204) return followCall({ call, guard, endpoint, tries, response: () => reply });
      } catch (error) {
        guard.end();
        if (call.signal?.aborted) endpoint.stopSilently();
        throw asClientError(error);
      }
      guard.end();
      return undefined;
    },
    stop: (task, requestId) =>
      streamEndpoint(options, task, requestId)
        .stop()
        .catch((error) => {
          throw asClientError(error);
        }),
  };
  // A reply's type is what the gateway promises for the task; it is not checked again here.
  return client as AiClient<Tasks>;
}
