/** A stream of what a generator yields, pulled one by one; `onCancel` is called when the reader goes away. */
export function toReadable<Part>(
  parts: AsyncGenerator<Part, void, void>,
  onCancel: (reason: unknown) => void,
): ReadableStream<Part> {
  return new ReadableStream<Part>(
    {
      async pull(controller) {
        const next = await parts.next(); // when it throws, so does the stream
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}
