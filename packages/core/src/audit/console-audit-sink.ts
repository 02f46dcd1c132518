import type { AuditSink } from "./audit-sink.js";

/** Options of {@link consoleAuditSink}. */
export interface ConsoleAuditSinkOptions {
  /** Takes one line of JSON, without a line break. @default console.log */
  readonly write?: ((line: string) => void) | undefined;
}

/** The default sink: one line of JSON a call on standard output. */
export function consoleAuditSink(options: ConsoleAuditSinkOptions = {}): AuditSink {
  // biome-ignore lint/suspicious/noConsole: this is the console sink
  const { write = (line) => console.log(line) } = options;
  return { write: (record) => write(JSON.stringify(record)) };
}
