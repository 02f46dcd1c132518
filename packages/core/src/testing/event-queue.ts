/** Events that one reader waits for, in the order they are added. */
export interface EventQueue<Event> {
  add(event: Event): void;
  /** Yields each event once. Ends when its signal aborts, else only with its reader. */
  read(signal?: AbortSignal): AsyncGenerator<Event, void>;
}

/** Makes an empty queue. */
export function eventQueue<Event extends object>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let wake = () => {};
  return {
    add(event) {
      waiting.push(event);
      wake();
    },
    async *read(signal) {
      signal?.addEventListener("abort", () => wake());
      while (!signal?.aborted) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
