import type { Provider } from "@levqor/core";

/** A model that writes when the test says so. */
export interface PacedProvider extends Provider {
  /** Lets everything be written that was held back so far, and whatever is asked later. */
  release(): void;
  /** Calls so far. */
  readonly asked: number;
  /** Calls that were aborted. */
  readonly aborted: number;
}

/** Writes `first` at once, then waits for {@link PacedProvider.release} before it writes `rest`. */
export function pacedProvider({
  first,
  rest,
}: {
  readonly first: string;
  readonly rest: string;
}): PacedProvider {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let aborted = 0;
  let asked = 0;
  return {
    name: "paced",
    model: "gpt-4o-mini",
    release,
    get asked() {
      return asked;
    },
    get aborted() {
      return aborted;
    },
    async *stream(_request, { signal }) {
      asked++;
      yield { type: "text-delta", delta: first };
      await Promise.race([
        released,
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener(
            "abort",
            () => {
              aborted++;
              reject(signal.reason);
            },
            { once: true },
          );
        }),
      ]);
      yield { type: "text-delta", delta: rest };
      yield {
        type: "finish",
        reason: "stop",
        usage: { inputTokens: 10, outputTokens: 10, source: "reported" },
      };
    },
  };
}
