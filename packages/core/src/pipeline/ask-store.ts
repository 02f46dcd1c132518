import { GatewayError } from "../errors/gateway-error.js";
import type { UnavailableStore } from "./decision-record.js";
import { isThenable } from "./is-thenable.js";
import type { PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";

/** What a store that failed answers. */
export const storeDown = Symbol("store down");

/**
 * Asks the store behind a control. When it fails that is noted (decision record, metric, log), and the asker decides
 * what follows. The log has the error's name only: its text may hold keys of the store.
 */
export async function askStore<Answer>(
  question: () => Answer | Promise<Answer>,
  { store, call, services }: AskContext,
): Promise<Answer | typeof storeDown> {
  try {
    const answer = question();
    return isThenable(answer) ? await answer : answer;
  } catch (error) {
    if (call.signal.aborted && error === call.signal.reason) throw error;
    noteStoreDown(error instanceof Error ? error.name : typeof error, { store, call, services });
    return storeDown;
  }
}

/** Makes it visible that a store did not answer. */
export function noteStoreDown(reason: string, { store, call, services }: AskContext): void {
  const { unavailable, requestId: request_id, task } = call.decision;
  if (!unavailable.includes(store)) unavailable.push(store);
  services.telemetry.countStoreFailure(store);
  services.logger.warn({ request_id, task, store, reason }, "A store did not answer.");
}

/** Tells a store what a call used. Never fails: nobody is left to hear of it, and what comes after it is due. */
export async function tellStore(telling: () => void | Promise<void>, context: AskContext): Promise<void> {
  try {
    await askStore(telling, context);
  } catch {} // the caller has gone
}

/** Which store is asked, and for which call. */
type AskContext = StoreContext & { readonly store: UnavailableStore };

/** The call that asks, and who notes it. */
export interface StoreContext {
  readonly call: PipelineCall;
  readonly services: Services;
}

/** The error of a call that may not go on while a store is down. */
export const storeUnavailable = (): GatewayError =>
  new GatewayError(
    "store_unavailable",
    "A store that limits or budgets are kept in does not answer, and `storeFailure` says that calls then stop.",
  );
