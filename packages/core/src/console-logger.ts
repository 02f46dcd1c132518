import type { Logger } from "./logger.js";

const levels = ["debug", "info", "warn", "error", "silent"] as const;

/** How much is said: a level includes those after it. */
export type LogLevel = (typeof levels)[number];

/** What moves a terminal's cursor, colours it, begins a line or turns text around. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const escaped = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/**
 * A logger that writes one line to standard error (and `info` to standard output); what can't be seen is written as an
 * escape. @default level "info"
 */
export function consoleLogger({ level = "info" }: { readonly level?: LogLevel | undefined } = {}): Logger {
  const says = (name: LogLevel) => levels.indexOf(name) >= levels.indexOf(level);
  const line = (name: string, fields: Readonly<Record<string, unknown>>, message: string) =>
    `${name} [levqor-ai] ${message}${Object.keys(fields).length === 0 ? "" : ` ${JSON.stringify(fields)}`}`.replace(
      unseen,
      escaped,
    );
  return {
    info(fields, message) {
      // biome-ignore lint/suspicious/noConsole: this is the console logger
      if (says("info")) console.info(line("INFO", fields, message));
    },
    warn(fields, message) {
      // biome-ignore lint/suspicious/noConsole: this is the console logger
      if (says("warn")) console.warn(line("WARNING", fields, message));
    },
    error(fields, message) {
      // biome-ignore lint/suspicious/noConsole: this is the console logger
      if (says("error")) console.error(line("ERROR", fields, message));
    },
  };
}
