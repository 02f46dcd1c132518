import type { CallGuard } from "./call-guard.js";
import { type JsonRecord, parseRecord } from "./json-record.js";

/** Whether the reply comes as events. */
export const isEventStream = ({ ok, headers }: Response): boolean =>
  ok && headers.get("content-type")?.includes("text/event-stream") === true;

/** Reads a body as text, chunk by chunk, under the guard's time limit. Leaving the loop early cancels the body. */
export async function* readReplyText(response: Response, guard: CallGuard): AsyncGenerator<string, void> {
  if (!response.body) {
    // React Native's fetch has no body to stream from.
    yield await guard.wait(response.text());
    return;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await guard.wait(reader.read());
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Reads a body as a JSON object; an empty one when it is something else. */
export async function readRecord(response: Response, guard: CallGuard): Promise<JsonRecord> {
  let text = "";
  for await (const chunk of readReplyText(response, guard)) text += chunk;
  return parseRecord(text) ?? {};
}
