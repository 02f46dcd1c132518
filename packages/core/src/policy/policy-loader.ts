import { flagValues } from "./flag-values.js";
import type { PolicyInForce } from "./policy-in-force.js";
import { type PolicyReading, policyReader } from "./policy-reader.js";

/** Keeps the policy in force up to date. */
export interface PolicyLoader extends PolicyInForce {
  /** Reads the source now; resolves once a new document is in force, or was refused. */
  refresh(): Promise<void>;
  /** Stops reading. */
  close(): void;
}

/** The longest that calls wait for the first document. */
const firstReadMs = 2_000;

/**
 * Reads the source at once, when it tells of a change, and every `pollMs`. A document that can't be read, is wrong or
 * is not newer changes nothing.
 */
export function policyLoader(options: PolicyReading & { readonly pollMs: number }): PolicyLoader {
  const { source, logger, pollMs, clock } = options;
  const reader = policyReader(options);
  const closing = new AbortController();
  const after = (delayMs: number, callback: () => void) =>
    clock.setTimer(delayMs, callback, { background: true });
  let stopTimer = () => {};

  async function poll(): Promise<void> {
    await reader.refresh();
    if (!closing.signal.aborted) stopTimer = after(pollMs, () => void poll());
  }
  async function watch(): Promise<void> {
    try {
      await source.watch?.(reader.refresh, closing.signal);
    } catch {
      logger.error({}, "The policy's source can't be watched; it is read at intervals.");
    }
  }

  let first: Promise<void> | undefined = new Promise<void>((resolve) => {
    const stopWaiting = after(firstReadMs, resolve);
    void poll().then(stopWaiting).then(resolve);
  }).then(() => {
    first = undefined;
  });
  void watch();
  return {
    ready: () => first,
    get version() {
      return reader.document?.version;
    },
    status: () => ({ version: reader.document?.version, problems: reader.problems }),
    flagsOf: (caller) => flagValues(reader.document?.flags ?? {}, caller),
    refresh: reader.refresh,
    close() {
      closing.abort();
      stopTimer();
    },
  };
}
