import pLimit from "p-limit";
import type { Clock } from "../clock.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Finding } from "./finding.js";
import { isTypeName } from "./placeholder.js";

/** What an {@link AsyncDetector} finds. Offsets are UTF-16 units of the text. */
export interface AsyncFinding extends Pick<Finding, "type" | "start" | "end"> {
  /** How likely it is what it seems, 0 to 1. @default 1 */
  readonly score?: number | undefined;
  /** What speaks for it. @default nothing */
  readonly why?: Finding["why"] | undefined;
}

/** A detector that takes its time: a service over HTTP, a model on this machine. */
export interface AsyncDetector {
  /** Names it in errors. */
  readonly name: string;
  /**
   * Finds values in `text`, which is as the user wrote it; offsets are UTF-16 units. Rejects or is given up once
   * `signal` aborts.
   */
  detect(text: string, options: { readonly signal: AbortSignal }): Promise<readonly AsyncFinding[]>;
  /** Milliseconds it has for all texts of one call. */
  readonly deadlineMs: number;
  /**
   * What happens when it is late, fails, or returns what are no findings: `block` ends the call with `mask_failed`,
   * `skip` goes on with what it has found so far.
   */
  readonly onTimeout: "block" | "skip";
}

/** Texts that one detector looks at at a time. */
const concurrency = 8;

/**
 * What the detectors find: one list for each text. Offsets beyond a text's ends are moved to them.
 *
 * @throws `mask_failed` when a detector that blocks is late or fails; the signal's reason when the call is aborted.
 */
export async function runAsyncDetectors(
  texts: readonly string[],
  detectors: readonly AsyncDetector[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<readonly (readonly Finding[])[]> {
  const distinct = [...new Set(texts)].filter((text) => text !== "");
  const lists = await Promise.all(
    detectors.map((detector) => runDetector(distinct, detector, { clock, signal })),
  );
  return texts.map((text) => lists.flatMap((list) => list.get(text) ?? []));
}

async function runDetector(
  texts: readonly string[],
  detector: AsyncDetector,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const found = new Map<string, readonly Finding[]>();
  const stop = new AbortController();
  const limit = pLimit(concurrency);
  let cancelTimer = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancelTimer = clock.setTimer(detector.deadlineMs, () => reject(failure(detector, "was late")));
    stop.signal.addEventListener("abort", () => reject(stop.signal.reason), { once: true });
  });
  const abort = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  const all = texts.map((text) =>
    limit(async () => {
      stop.signal.throwIfAborted();
      const findings = await detector.detect(text, { signal: stop.signal });
      found.set(text, checkedFindings(findings, text, detector));
    }),
  );
  try {
    await Promise.race([Promise.all(all), late]);
  } catch (error) {
    signal?.throwIfAborted();
    // An error of the detector's own is left out: its message may quote the text.
    const isOurs = isGatewayError(error, "mask_failed");
    if (detector.onTimeout === "block") throw isOurs ? error : failure(detector, "failed");
  } finally {
    cancelTimer();
    signal?.removeEventListener("abort", abort);
    late.catch(() => {});
    for (const one of all) one.catch(() => {});
    stop.abort();
  }
  return new Map(found);
}

/** Copies, so that what the detector does with its list later changes nothing. */
function checkedFindings(findings: unknown, text: string, detector: AsyncDetector): readonly Finding[] {
  if (!Array.isArray(findings)) throw failure(detector, "returned no list");
  return findings.map((finding: unknown) => {
    const { type, start, end, score, why } = Object(finding) as Partial<AsyncFinding>;
    const name = String(type).toLowerCase();
    if (!isTypeName(name) || !isOffset(start) || !isOffset(end)) {
      throw failure(detector, "returned something that is no finding");
    }
    const isLikelihood = typeof score === "number" && score >= 0 && score <= 1;
    const reasons = Array.isArray(why) ? (why as Finding["why"]) : [];
    const place = { start: Math.max(0, start), end: Math.min(text.length, end) };
    return { type: name, ...place, score: isLikelihood ? score : 1, why: [...reasons] };
  });
}

const isOffset = (offset: unknown): offset is number => Number.isInteger(offset);

function failure({ name }: AsyncDetector, what: string): GatewayError<"mask_failed"> {
  return new GatewayError("mask_failed", `The detector "${name}" ${what}.`);
}
