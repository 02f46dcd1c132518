import type { TaskReply } from "../pipeline/task-call.js";
import { type CallGuard, createCallGuard } from "./call-guard.js";
import { createClientError, isClientError } from "./client-error.js";
import { errorFromReply } from "./error-from-reply.js";
import { parseRecord } from "./json-record.js";
import { readReplyText } from "./read-reply-text.js";
import { readUiStream } from "./read-ui-stream.js";
import { replyFromRecord } from "./reply-from-record.js";
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
}

/** What accompanies one call. */
export interface ClientCall {
  /** Aborts the call; it then rejects with code `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** A client as task runs and hooks need it, whatever tasks it knows. Implement it to fake a gateway. */
export interface TaskClient {
  run(task: string, input: unknown, call?: ClientCall): Promise<TaskReply<object>>;
  stream(task: string, input: unknown, call?: ClientCall): AsyncIterable<StreamEvent<object>>;
}

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
   * ends it.
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
  const { timeoutMs = 30_000 } = options;

  async function* ask({ signal, ...request }: Ask): AsyncGenerator<StreamEvent<object>, void> {
    const guard = createCallGuard(timeoutMs, signal);
    try {
      const response = await send(options, request, guard);
      yield* readReply(response, readReplyText(response, guard));
    } catch (error) {
      throw isClientError(error) ? error : createClientError({ code: "network", cause: error });
    } finally {
      guard.end();
    }
  }

  const client: TaskClient = {
    async run(task, input, { signal } = {}) {
      for await (const event of ask({ task, input, signal, accept: "application/json" })) {
        if (event.type === "finish") return event.reply;
      }
      throw createClientError({ code: "malformed_reply" });
    },
    stream: (task, input, { signal } = {}) => ask({ task, input, signal, accept: "text/event-stream" }),
  };
  // A reply's type is what the gateway promises for the task; it is not checked again here.
  return client as AiClient<Tasks>;
}

async function send(options: AiClientOptions, request: Ask, guard: CallGuard): Promise<Response> {
  const { baseUrl = "/api/ai", credentials = "same-origin", fetch = globalThis.fetch, paths } = options;
  const headers = new Headers(await guard.wait(headersOf(options)));
  headers.set("content-type", "application/json");
  headers.set("accept", request.accept);
  return guard.wait(
    fetch(`${baseUrl.replace(/\/+$/, "")}/${taskPath(request.task, paths)}`, {
      method: "POST",
      headers,
      credentials,
      body: JSON.stringify(request.input),
      signal: guard.signal,
    }),
  );
}

async function headersOf({ headers }: AiClientOptions): Promise<RequestHeaders | undefined> {
  if (typeof headers !== "function") return headers;
  try {
    return await headers();
  } catch (cause) {
    throw createClientError({ code: "headers_failed", cause });
  }
}

/** A gateway may answer a stream request in JSON: an error before the start, or a proxy that does not stream. */
async function* readReply(
  response: Response,
  chunks: AsyncGenerator<string, void>,
): AsyncGenerator<StreamEvent<object>, void> {
  const { headers, ok, status } = response;
  if (ok && headers.get("content-type")?.includes("text/event-stream")) return yield* readUiStream(chunks);
  let text = "";
  for await (const chunk of chunks) text += chunk;
  const body = parseRecord(text);
  if (ok) return yield { type: "finish", reply: replyFromRecord(body ?? {}) };
  throw errorFromReply({
    body: body ?? {},
    status,
    retryAfter: headers.get("retry-after"),
    requestId: headers.get("x-request-id"),
  });
}
