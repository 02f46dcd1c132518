import { type Clock, systemClock } from "../clock.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent } from "../provider/provider.js";
import type { Cassette, ProviderErrorCode, Recording, RecordingEnd } from "./cassette.js";

/** Options of {@link recordProvider}. */
export interface RecordOptions {
  /** Times the events. @default the machine's time */
  readonly clock?: Clock | undefined;
}

/**
 * Wraps a provider and writes down what it does; its calls stay as they are. The cassette grows with every call and
 * can be written as JSON at any time.
 *
 * @example
 * const { provider, cassette } = recordProvider(openaiProvider({ apiKey }));
 * // … calls through a gateway with `provider` …
 * await writeFile("cassette.json", JSON.stringify(cassette));
 */
export function recordProvider(
  provider: Provider,
  { clock = systemClock }: RecordOptions = {},
): { readonly provider: Provider; readonly cassette: Cassette } {
  const recordings: Recording[] = [];
  const recorded: Provider = {
    ...provider,
    async *stream(request, { signal }) {
      const startedMs = clock.monotonic();
      const nowMs = () => Math.round(clock.monotonic() - startedMs);
      const events: { atMs: number; event: ProviderEvent }[] = [];
      const recording = { request: structuredClone(request), events, end: left };
      recordings.push(recording);
      try {
        for await (const event of provider.stream(request, { signal })) {
          events.push({ atMs: nowMs(), event: structuredClone(event) });
          yield event;
        }
        recording.end = { kind: "done", atMs: nowMs() };
      } catch (error) {
        if (!signal.aborted) recording.end = { kind: "failed", atMs: nowMs(), ...describe(error) };
        throw error;
      }
    },
  };
  return { provider: recorded, cassette: { name: provider.name, model: provider.model, recordings } };
}

const left: RecordingEnd = { kind: "left" };

/** No message: one that a provider wrote may quote the reply. */
function describe(error: unknown): {
  readonly code: ProviderErrorCode;
  readonly retryAfterMs?: number | undefined;
} {
  if (isGatewayError(error, "provider_rate_limited"))
    return { code: error.code, retryAfterMs: error.details.retryAfterMs };
  const code = isGatewayError(error) ? error.code : undefined;
  // What breaks the contract is "unavailable" to the router too.
  return { code: isProviderCode(code) ? code : "provider_unavailable" };
}

const isProviderCode = (code: string | undefined): code is ProviderErrorCode =>
  code?.startsWith("provider_") ?? false;
