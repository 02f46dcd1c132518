import type { Logger } from "../logger.js";

/** Tells a hook what happened. What it throws, now or later, is logged and changes nothing; it is not awaited. */
export function runHook<Event>(
  logger: Logger,
  hook: ((event: Event) => void | Promise<void>) | undefined,
  event: Event,
): void {
  if (hook === undefined) return;
  const report = (error: unknown) =>
    logger.error({ error: error instanceof Error ? error.name : typeof error }, "A gateway hook failed.");
  try {
    const done = hook(event);
    if (done !== undefined) Promise.resolve(done).catch(report);
  } catch (error) {
    report(error);
  }
}
