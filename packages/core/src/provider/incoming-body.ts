/** The body of an answer. It is read once, in pieces or as text. */
export interface IncomingBody extends AsyncIterable<Uint8Array> {
  /** All of it, decoded from UTF-8. */
  text(): Promise<string>;
  /** Gives up what has not arrived yet. */
  cancel(): Promise<void>;
}

/** The connection that a body arrives on. */
interface BodySource {
  /** Lets more arrive, after `push` gave false. */
  resume(): void;
  /** Closes the connection. */
  abort(): void;
}

/** A body, and how it is filled. */
export interface FilledBody {
  readonly body: IncomingBody;
  /** Takes a piece. False: enough is waiting to be read, no more until `resume`. */
  push(chunk: Uint8Array): boolean;
  end(): void;
  /** Whoever reads gets what has arrived, then this error. */
  fail(error: unknown): void;
}

/** How many bytes may wait to be read. */
const enoughBytes = 65_536;

/** Makes a body that is read while it arrives. A reader that leaves early closes the connection. */
export function createIncomingBody({ resume, abort }: BodySource): FilledBody {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let allowedBytes = enoughBytes;
  let state: "arriving" | "complete" | { readonly error: unknown } = "arriving";
  let wake = () => {};

  const news = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const take = () => {
    const taken = waiting;
    const held = waitingBytes >= allowedBytes;
    waiting = [];
    waitingBytes = 0;
    if (held) resume();
    return taken;
  };
  const settle = (to: typeof state) => {
    state = to;
    wake();
  };
  async function cancel() {
    if (state === "arriving") abort();
  }
  async function more() {
    while (waiting.length === 0 && state === "arriving") await news();
    if (waiting.length > 0) return take();
    if (typeof state === "object") throw state.error;
    return undefined;
  }
  async function text() {
    allowedBytes = Number.POSITIVE_INFINITY;
    if (waitingBytes >= enoughBytes) resume();
    while (state === "arriving") await news();
    if (state !== "complete") throw state.error;
    return decode(waiting);
  }

  return {
    body: { [Symbol.asyncIterator]: () => piecesOf(more, cancel), text, cancel },
    push(chunk) {
      waiting.push(chunk);
      waitingBytes += chunk.byteLength;
      wake();
      return waitingBytes < allowedBytes;
    },
    end: () => settle("complete"),
    fail: (error) => settle({ error }),
  };
}

/** By hand, because a generator costs three promises a piece. */
function piecesOf(
  more: () => Promise<Uint8Array[] | undefined>,
  cancel: () => Promise<void>,
): AsyncIterator<Uint8Array, undefined> {
  let taken: Iterator<Uint8Array, undefined> = [].values();
  return {
    async next() {
      for (;;) {
        const piece = taken.next();
        if (!piece.done) return piece;
        const arrived = await more();
        if (arrived === undefined) return { done: true, value: undefined };
        taken = arrived.values();
      }
    },
    async return() {
      await cancel();
      return { done: true, value: undefined };
    },
  };
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  const [first, second] = chunks;
  if (second === undefined) return decoder.decode(first); // the usual case, and twice as fast
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}
