import type { Logger } from "../logger.js";
import type { TaskEvent } from "../pipeline/task-call.js";
import { eventQueue } from "../testing/event-queue.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import {
  type GatewayScript,
  type ScriptedCall,
  scriptedGateway,
  scriptedReply,
} from "../testing/scripted-gateway.js";
import { createHttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
import type { HttpExchange, HttpReply } from "./exchange.js";

export type Answer = GatewayScript["answer"];

/** Says the words, then finishes. */
export const saying = (...words: readonly string[]): Answer =>
  async function* ({ call }) {
    for (const delta of words) yield { type: "text-delta", delta };
    yield { type: "finish", reply: scriptedReply({ reply: words.join("") }, call) };
  };

/** An answer that goes on when the test says so, and ends when its call is aborted. */
export function steered() {
  const seen: { call?: ScriptedCall["call"]; ended: boolean } = { ended: false };
  const queue = eventQueue<TaskEvent<object> | Error>();
  const answer: Answer = async function* ({ call }) {
    seen.call = call;
    try {
      for await (const next of queue.read(call.signal)) {
        if (next instanceof Error) throw next;
        yield next;
        if (next.type === "finish") return;
      }
      call.signal?.throwIfAborted();
    } finally {
      seen.ended = true;
    }
  };
  return {
    answer,
    seen,
    say: (delta: string) => queue.add({ type: "text-delta", delta }),
    finish: (reply = "Done") => queue.add({ type: "finish", reply: scriptedReply({ reply }, seen.call) }),
    fail: (error: Error) => queue.add(error),
  };
}

export interface SendOptions extends Partial<Omit<HttpExchange, "body">> {
  readonly body?: object;
}

/** A handler over a scripted gateway, with requests of one user unless they say something else. */
export function setUp(answer: Answer, options: HttpHandlerOptions = {}) {
  const clock: ManualClock = manualClock();
  const logged: unknown[] = [];
  const note = (fields: object, message: string) => void logged.push({ ...fields, message });
  const logger: Logger = { info() {}, warn: note, error: note };
  const handle = createHttpHandler(scriptedGateway({ answer, logger }), { clock, ...options });
  const send = ({ headers = {}, body = { message: "Hi" }, ...rest }: SendOptions = {}) =>
    handle({
      method: "POST",
      path: "/chat",
      body: { kind: "parsed", value: body },
      signal: new AbortController().signal,
      identify: () => ({ userId: "u1", tenantId: "t1" }),
      ...rest,
      headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
    });
  const start = (id: string, rest: SendOptions = {}) =>
    send({ ...rest, headers: { "x-request-id": id, ...rest.headers } });
  const resume = (id: string, after?: number | string, rest: SendOptions = {}) =>
    send({
      method: "GET",
      path: `/chat/${id}/stream`,
      ...rest,
      headers: after === undefined ? {} : { "last-event-id": String(after) },
    });
  const stop = (id: string, rest: SendOptions = {}) =>
    send({ method: "DELETE", path: `/chat/${id}/stream`, ...rest });
  return { send, start, resume, stop, clock, logged };
}

/** A reply's parts; the reader can leave. */
export function partsOf({ body }: HttpReply) {
  if (typeof body === "string") throw new Error(`expected a stream, got ${body}`);
  return body[Symbol.asyncIterator]();
}

/** All that comes until the end. */
export async function textOf(reply: HttpReply): Promise<string> {
  if (typeof reply.body === "string") return reply.body;
  let text = "";
  for await (const part of reply.body) text += part;
  return text;
}

/** The events of a stream's text, each with its number. */
export function eventsOf(text: string) {
  return text
    .split("\n\n")
    .filter((event) => event.includes("data:"))
    .map((event) => {
      const [, id, data = ""] = /^(?:id: (\d+)\n)?data: ([^\n]+)$/.exec(event) ?? [];
      const chunk: { type: string; [key: string]: unknown } =
        data === "[DONE]" ? { type: "[DONE]" } : JSON.parse(data);
      return { id: id === undefined ? undefined : Number(id), chunk };
    });
}

export const typesOf = (text: string) => eventsOf(text).map(({ chunk }) => chunk.type);

/** Lets everything happen that can happen by itself. */
export const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
