import type { CallGuard } from "./call-guard.js";

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
