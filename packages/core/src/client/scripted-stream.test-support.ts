import { vi } from "vitest";
import { type AiClientOptions, createAiClient } from "./create-ai-client.js";
import type { StreamEvent } from "./stream-event.js";

const metadata = { request_id: "request-1", source: "model" };
const parts = [
  { type: "start", messageMetadata: { request_id: "request-1" } },
  { type: "start-step" },
  { type: "text-start", id: "text-1" },
  { type: "text-delta", id: "text-1", delta: "From " },
  { type: "text-delta", id: "text-1", delta: "£9 " },
  { type: "text-delta", id: "text-1", delta: "a month." },
  { type: "finish", messageMetadata: metadata },
];
export const numbered = [...parts.map((part) => JSON.stringify(part)), "[DONE]"].map(
  (data, index) => `id: ${index + 1}\ndata: ${data}\n\n`,
);
export const whole = { success: true, reply: "From £9 a month.", metadata };

export interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: Headers;
}

/** A reply that says `text` and then breaks, ends, or stays silent. */
export function events(text: string, then: "breaks" | "ends" | "is silent" = "ends"): Response {
  const body = new ReadableStream({
    start(controller) {
      if (text !== "") controller.enqueue(new TextEncoder().encode(text));
      if (then === "ends") controller.close();
    },
    pull(controller) {
      if (then === "breaks") controller.error(new TypeError("terminated"));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** A client whose requests are answered one after the other; stops are answered apart. */
export function clientOf(
  answers: readonly (() => Response | Promise<Response>)[],
  options: AiClientOptions = {},
) {
  const requests: SeenRequest[] = [];
  const left = [...answers];
  const fetch = async (url: string, { method, headers }: RequestInit): Promise<Response> => {
    requests.push({ method, url, headers: new Headers(headers) });
    if (method === "DELETE") return new Response(null, { status: 204 });
    const answer = left.shift();
    if (!answer) throw new Error("There was one request too many.");
    return answer();
  };
  return { client: createAiClient({ ...options, fetch }), requests };
}

/** Reads a stream to its end while time goes on. */
export async function read(stream: AsyncIterable<StreamEvent<object>>) {
  let text = "";
  let reply: unknown;
  const reading = (async () => {
    for await (const event of stream) {
      if (event.type === "text-delta") text += event.delta;
      if (event.type === "finish") reply = event.reply;
    }
  })().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(20_000);
  return { text, reply, error: await reading };
}

export const question = { message: "What does it cost?" };
export const broken = () => Promise.reject(new TypeError("fetch failed"));
export const unwell = () => new Response("", { status: 503 });
export const gone = () => new Response(null, { status: 204 });
