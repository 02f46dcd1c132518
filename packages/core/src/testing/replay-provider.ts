import { type Clock, sleep, systemClock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent, ProviderRequest } from "../provider/provider.js";
import type { Cassette, Recording, RecordingEnd } from "./cassette.js";
import { describeDifference, requestDifferences, requestKey } from "./request-difference.js";
import { untilAborted } from "./until-aborted.js";

/** Options of {@link replayProvider}. */
export interface ReplayOptions {
  /** For the waits. @default the machine's time */
  readonly clock?: Clock | undefined;
  /** Whether events come when they came, or at once. @default "none" */
  readonly timing?: "recorded" | "none" | undefined;
}

/**
 * Plays a cassette: a request gets what the same request got, in the order of the recordings. A call that was left is
 * silent after its last event, until the signal aborts.
 *
 * @throws `internal`, from `stream`, naming the difference when a request was not recorded, or not that often. It is
 * no `provider_*` code, so that no retry and no local answer hides it.
 */
export function replayProvider(
  cassette: Cassette,
  { clock = systemClock, timing = "none" }: ReplayOptions = {},
): Provider {
  const asked = new Map<string, number>();
  return {
    name: cassette.name,
    model: cassette.model,
    async *stream(request, { signal }) {
      signal.throwIfAborted();
      const key = requestKey(request);
      const earlier = asked.get(key) ?? 0;
      asked.set(key, earlier + 1);
      const recording = findRecording(cassette, request, { key, earlier });
      const startedMs = clock.monotonic();
      const waitFor = (atMs: number) =>
        timing === "none" ? undefined : sleep(clock, startedMs + atMs - clock.monotonic(), signal);
      yield* play(recording, signal, waitFor);
    },
  };
}

async function* play(
  { events, end }: Recording,
  signal: AbortSignal,
  waitFor: (atMs: number) => Promise<void> | undefined,
): AsyncGenerator<ProviderEvent, void> {
  for (const { atMs, event } of events) {
    await waitFor(atMs);
    signal.throwIfAborted();
    yield event;
  }
  if (end.kind === "left") return await untilAborted(signal);
  await waitFor(end.atMs);
  signal.throwIfAborted();
  if (end.kind === "failed") throw failureOf(end);
}

function failureOf({ code, retryAfterMs }: Extract<RecordingEnd, { readonly kind: "failed" }>): GatewayError {
  const message = `The recorded call failed with ${code}.`;
  if (code === "provider_rate_limited") return new GatewayError(code, message, { details: { retryAfterMs } });
  return new GatewayError(code, message);
}

function findRecording(
  { recordings }: Cassette,
  request: ProviderRequest,
  { key, earlier }: { readonly key: string; readonly earlier: number },
): Recording {
  const same = recordings.filter((recording) => requestKey(recording.request) === key);
  const recording = same[earlier];
  if (recording !== undefined) return recording;
  if (same.length > 0)
    throw new GatewayError(
      "internal",
      `The cassette has this request ${same.length} times; this is call ${earlier + 1}.`,
    );
  throw new GatewayError(
    "internal",
    `The cassette does not have this request. ${closest(recordings, request)}`,
  );
}

function closest(recordings: readonly Recording[], request: ProviderRequest): string {
  const [nearest] = recordings
    .map((recording, index) => ({
      number: index + 1,
      differences: requestDifferences(recording.request, request),
    }))
    .toSorted((one, other) => one.differences.length - other.differences.length);
  const difference = nearest?.differences[0];
  if (nearest === undefined || difference === undefined) return "It is empty.";
  const others = nearest.differences.length - 1;
  const more = others === 0 ? "" : `; ${others} more places differ`;
  return `Nearest is recording ${nearest.number}; it differs at ${describeDifference(difference)}${more}.`;
}
