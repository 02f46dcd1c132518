/**
 * Makes a function that takes text as it arrives, cut anywhere, and gives back the data of every event that became
 * complete. Follows the EventSource grammar (CR, LF and CRLF, comments, many data lines); only `data` fields matter.
 */
export function createSseParser(): (chunk: string) => string[] {
  let line = "";
  let data: string | undefined;
  let endedWithCr = false;
  return (chunk) => {
    const events: string[] = [];
    if (chunk === "") return events;
    // A CRLF may be cut in two: its LF ends no second line.
    const lines = (endedWithCr && chunk[0] === "\n" ? chunk.slice(1) : chunk).split(/\r\n|\r|\n/);
    endedWithCr = chunk.endsWith("\r");
    lines[0] = line + lines[0];
    line = lines.pop() ?? "";
    for (const complete of lines) {
      const value = /^data(?:: ?(.*)|$)/s.exec(complete);
      if (value) data = (data === undefined ? "" : `${data}\n`) + (value[1] ?? "");
      if (complete !== "" || data === undefined) continue;
      events.push(data);
      data = undefined;
    }
    return events;
  };
}
