import type { Logger } from "./logger.js";

/** The same logger, whose own failures cost no call anything: what it throws or rejects with is dropped. */
export function unfailingLogger(logger: Logger): Logger {
  const safely =
    (level: keyof Logger): Logger["info"] =>
    (fields, message) => {
      try {
        const written: unknown = logger[level](fields, message);
        if (written instanceof Promise) written.catch(() => {});
      } catch {
        // There is no other place to say it.
      }
    };
  return { info: safely("info"), warn: safely("warn"), error: safely("error") };
}
