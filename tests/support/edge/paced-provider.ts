import type { Provider } from "@levqor/core";

/** A provider that says pieces until it is aborted, and tells how its calls stand. */
export interface PacedProvider extends Provider {
  readonly seen: {
    /** Calls that were begun. */
    asked: number;
    /** Calls that run now. */
    running: number;
    /** Pieces that were taken. */
    said: number;
    /** When the last abort was noticed, by `performance.now()`. */
    abortedAtMs: number;
  };
}

/** Says `pieces`, then waits for its abort; without `pieces` it says `piece` for ever, as fast as it is taken. */
export function pacedProvider({
  pieces,
  piece = "word ",
}: {
  readonly pieces?: readonly string[];
  readonly piece?: string;
}): PacedProvider {
  const seen = { asked: 0, running: 0, said: 0, abortedAtMs: 0 };
  return {
    name: "paced",
    model: "gpt-4o-mini",
    seen,
    async *stream(_request, { signal }) {
      seen.asked++;
      seen.running++;
      signal.addEventListener("abort", () => {
        seen.abortedAtMs = performance.now();
      });
      try {
        for (let index = 0; pieces === undefined || index < pieces.length; index++) {
          signal.throwIfAborted();
          seen.said++;
          yield { type: "text-delta", delta: pieces?.[index] ?? piece };
        }
        await new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        });
      } finally {
        seen.running--;
      }
    },
  };
}
