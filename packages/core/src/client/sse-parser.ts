/** One server-sent event. */
export interface SseEvent {
  readonly data: string;
  /** What the event itself is numbered; nothing when it has no number. */
  readonly id: number | undefined;
}

/**
 * Makes a function that takes text as it arrives, cut anywhere, and gives back every event that became complete.
 * Follows the EventSource grammar (CR, LF and CRLF, comments, many data lines); only `data` and numeric `id` fields
 * matter.
 */
export function createSseParser(): (chunk: string) => SseEvent[] {
  let line = "";
  let data: string | undefined;
  let id: number | undefined;
  let endedWithCr = false;
  return (chunk) => {
    const events: SseEvent[] = [];
    if (chunk === "") return events;
    // A CRLF may be cut in two: its LF ends no second line.
    const rest = endedWithCr && chunk[0] === "\n" ? chunk.slice(1) : chunk;
    const lines = rest.split(rest.includes("\r") ? /\r\n|\r|\n/ : "\n");
    endedWithCr = chunk.endsWith("\r");
    lines[0] = line + lines[0];
    line = lines.pop() ?? "";
    for (const complete of lines) {
      if (complete === "") {
        if (data !== undefined) events.push({ data, id });
        data = id = undefined;
        continue;
      }
      const colon = complete.indexOf(":");
      const field = colon < 0 ? complete : complete.slice(0, colon);
      const at = field.length + 1;
      const value = complete.slice(complete[at] === " " ? at + 1 : at);
      if (field === "data") data = data === undefined ? value : `${data}\n${value}`;
      if (field === "id") id = /^\d{1,15}$/.test(value) ? Number(value) : undefined;
    }
    return events;
  };
}
