import { type Clock, systemClock } from "../clock.js";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderRequest } from "../provider/provider.js";
import type { ChaosPlan, Fault, PlannedFault } from "./chaos-plan.js";
import { checkChaosPlan } from "./check-chaos-plan.js";
import { playFault } from "./play-fault.js";
import { seededRandom } from "./seeded-random.js";

/** What became of one call. */
export interface ChaosCall {
  /** The first is 1. */
  readonly number: number;
  readonly request: ProviderRequest;
  /** Which fault was played; absent when the call was left alone. */
  readonly fault: Fault["fault"] | undefined;
  /** Pieces handed out so far. */
  readonly pieces: number;
  /** `aborted`: the signal did, or the reader stopped. */
  readonly outcome: "running" | "ok" | ErrorCode;
}

/** A provider that fails as planned. */
export interface ChaosProvider extends Provider {
  /** Every call so far, in the order they began. */
  readonly calls: readonly ChaosCall[];
}

/** Options of {@link chaosProvider}. */
export interface ChaosOptions {
  /** What goes wrong, and when. */
  readonly plan: ChaosPlan;
  /** Decides which calls a `rate` strikes: same seed, same calls. @default 1 */
  readonly seed?: number | undefined;
  /** For stalls and drips. @default the machine's time */
  readonly clock?: Clock | undefined;
}

/**
 * Wraps a provider and breaks its calls as planned, with the very errors that a vendor's package throws.
 *
 * @throws `invalid_config` listing every mistake of the plan.
 * @example
 * chaosProvider(provider, {
 *   seed: 7,
 *   plan: [
 *     { fault: "status", status: 429, retryAfterMs: 120_000, calls: [1, 3] },
 *     { fault: "cut", after: 40, rate: 0.3 },
 *   ],
 * });
 */
export function chaosProvider(
  provider: Provider,
  { plan, seed = 1, clock = systemClock }: ChaosOptions,
): ChaosProvider {
  checkChaosPlan(plan);
  const calls: Mutable<ChaosCall>[] = [];
  const random = seededRandom(seed);
  return {
    ...provider,
    calls,
    async *stream(request, { signal }) {
      const number = calls.length + 1;
      const fault = findFault(plan, { number, request, random });
      const call: Mutable<ChaosCall> = {
        number,
        request,
        fault: fault?.fault,
        pieces: 0,
        outcome: "running",
      };
      calls.push(call);
      const start = () => provider.stream(request, { signal });
      const events = fault === undefined ? start() : playFault(fault, { request, signal, clock, start });
      try {
        for await (const event of events) {
          if (event.type !== "finish") call.pieces++;
          yield event;
        }
        call.outcome = "ok";
      } catch (error) {
        call.outcome = signal.aborted ? "aborted" : isGatewayError(error) ? error.code : "internal";
        throw error;
      } finally {
        if (call.outcome === "running") call.outcome = "aborted";
      }
    },
  };
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The first fault of the plan that strikes. Every fault draws in every call, so that none moves another's calls. */
function findFault(
  plan: ChaosPlan,
  call: { readonly number: number; readonly request: ProviderRequest; readonly random: () => number },
): PlannedFault | undefined {
  const { number, request, random } = call;
  const striking = plan.filter(({ fault, calls, rate = 1 }) => {
    const drawn = random() < rate;
    const fits = fault !== "wrong-json" || request.responseFormat !== undefined;
    return drawn && fits && (calls?.includes(number) ?? true);
  });
  return striking[0];
}
