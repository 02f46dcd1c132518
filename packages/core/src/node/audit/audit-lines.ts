/** One line of a file. */
export interface AuditLine {
  /** Without its line break; empty for a line that is too long to be an entry. */
  readonly text: string;
  /** Whether a line break ends it: false for the last line of a file that was cut off. */
  readonly whole: boolean;
  /** Bytes from the first chunk to the end of this line, its line break included. */
  readonly end: number;
}

/** An entry takes about 1 KB; what is longer than this is none, and is not kept in memory. */
const MAX_LINE_BYTES = 1_048_576;
const lineFeed = 10;

/** Splits a file into its lines, in bounded memory. */
export async function* auditLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<AuditLine, void, void> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let end = 0;
  const take = (whole: boolean): AuditLine => {
    const text = length > MAX_LINE_BYTES ? "" : Buffer.concat(parts).toString("utf8");
    parts = [];
    length = 0;
    return { text, whole, end };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
      end += at + 1 - start;
      if (length === 0) yield { text: textBetween(chunk, start, at), whole: true, end };
      else {
        keep(chunk.subarray(start, at));
        yield take(true);
      }
      start = at + 1;
    }
    end += chunk.length - start;
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  if (length > 0) yield take(false);

  function keep(part: Uint8Array): void {
    length += part.length;
    if (length <= MAX_LINE_BYTES) parts.push(part);
    else parts = [];
  }
}

const textBetween = (chunk: Uint8Array, start: number, end: number): string =>
  end - start > MAX_LINE_BYTES
    ? ""
    : Buffer.from(chunk.buffer, chunk.byteOffset + start, end - start).toString("utf8");
