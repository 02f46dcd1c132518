import { type Clock, sleep } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { ProviderEvent, ProviderRequest } from "../provider/provider.js";
import { providerHttpError } from "../provider/provider-http-error.js";
import type { Fault, Interruption } from "./chaos-plan.js";
import { untilAborted } from "./until-aborted.js";

/** One call of a provider that something goes wrong in. */
export interface FaultyCall {
  readonly request: ProviderRequest;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Starts the wrapped provider's call. */
  readonly start: () => AsyncIterable<ProviderEvent>;
}

/** The call's events with the fault among them. Events of kinds that it does not know count as pieces and pass. */
export async function* playFault(fault: Fault, call: FaultyCall): AsyncGenerator<ProviderEvent, void> {
  call.signal.throwIfAborted();
  switch (fault.fault) {
    case "status":
      throw statusError(fault);
    case "drip":
      yield* dripping(fault.everyMs, call);
      return;
    case "wrong-json":
      for await (const event of call.start()) {
        if (event.type === "finish") yield { type: "text-delta", delta: fault.text ?? "[]" };
        if (event.type !== "text-delta") yield event;
      }
      return;
    default:
      yield* interrupted(fault, call);
  }
}

async function* dripping(everyMs: number, call: FaultyCall): AsyncGenerator<ProviderEvent, void> {
  const { request, signal, clock } = call;
  const held: ProviderEvent[] = []; // a reply that is not streamed shows nothing before it is whole
  for await (const event of call.start()) {
    await sleep(clock, everyMs, signal);
    if (request.incremental) yield event;
    else held.push(event);
  }
  signal.throwIfAborted();
  yield* held;
}

async function* interrupted(fault: Interruption, call: FaultyCall): AsyncGenerator<ProviderEvent, void> {
  const after = call.request.incremental ? (fault.after ?? 0) : 0;
  let pieces = 0;
  let due = true;
  for await (const event of call.start()) {
    if (due && (pieces >= after || event.type === "finish")) {
      due = false;
      await interrupt(fault, call);
    }
    pieces++;
    yield event;
  }
}

async function interrupt(fault: Interruption, { request, signal, clock }: FaultyCall): Promise<void> {
  switch (fault.fault) {
    case "cut":
      if (request.incremental)
        throw new GatewayError("provider_cut", "The stream ended without a finish reason.");
      throw new GatewayError("provider_unavailable", "The connection closed before the reply was whole.");
    case "malformed":
      throw new GatewayError("provider_malformed", "The provider's reply can't be parsed.");
    case "in-band":
      throw providerHttpError({ status: fault.status ?? 500 });
    case "stall":
      await (fault.forMs === undefined ? untilAborted(signal) : sleep(clock, fault.forMs, signal));
  }
}

/** What a provider makes of a vendor's status. */
function statusError({ status, retryAfterMs }: Extract<Fault, { fault: "status" }>): GatewayError {
  const headers = new Headers(retryAfterMs === undefined ? {} : { "retry-after-ms": String(retryAfterMs) });
  return providerHttpError({ status, headers });
}
