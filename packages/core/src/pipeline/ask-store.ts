import { GatewayError } from "../errors/gateway-error.js";
import type { UnavailableStore } from "./decision-record.js";
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
  { store, call, services }: { readonly store: UnavailableStore } & StoreContext,
): Promise<Answer | typeof storeDown> {
  try {
    return await question();
  } catch (error) {
    const { decision, signal } = call;
    if (error === signal.reason) throw error;
    if (!decision.unavailable.includes(store)) decision.unavailable.push(store);
    services.telemetry.countStoreFailure(store);
    const { requestId: request_id, task } = decision;
    const reason = error instanceof Error ? error.name : typeof error;
    services.logger.warn({ request_id, task, store, reason }, "A store did not answer.");
    return storeDown;
  }
}

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
