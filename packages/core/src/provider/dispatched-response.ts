import type { RawHeader } from "./fetch-dispatcher.js";
import type { IncomingBody } from "./incoming-body.js";

/** The head of an answer, and its body as it arrives. */
export interface DispatchedAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: IncomingBody;
}

/** What can be undone here; servers are asked for `identity`. */
const encodings = { gzip: "gzip", "x-gzip": "gzip", deflate: "deflate" } as const;

/**
 * What the official SDKs and the providers read of a `Response`. A real one, with its headers and its web stream, costs
 * more than all the rest of a call: it is made only to decode what a server encoded unasked.
 */
export function dispatchedResponse(url: string, { status, headers, body }: DispatchedAnswer): Response {
  const encoding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (isKnown(encoding)) {
    const decoded = streamOf(body).pipeThrough(new DecompressionStream(encodings[encoding]));
    return new Response(decoded, { status, headers: [...headers] });
  }
  const { text } = body;
  const response = {
    url,
    status,
    ok: status >= 200 && status < 300,
    headers,
    body,
    bodyUsed: false,
    text,
    json: async (): Promise<unknown> => JSON.parse(await text()),
  };
  return response as unknown as Response; // as: the part of it that is read
}

function streamOf(body: IncomingBody): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(Uint8Array.from(next.value)); // a view of memory that is this stream's own
    },
    cancel: () => body.cancel(),
  });
}

const isKnown = (encoding: string): encoding is keyof typeof encodings => Object.hasOwn(encodings, encoding);

/** The headers by their names in lower case. */
export function readRawHeaders(raw: readonly RawHeader[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = String(raw[at]).toLowerCase();
    const value = raw[at + 1]?.toString("latin1") ?? "";
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}
