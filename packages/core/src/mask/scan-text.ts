import { GatewayError } from "../errors/gateway-error.js";
import type { StringPath } from "../map-strings.js";
import { detectionSubject } from "./detection-subject.js";
import type { Detection, DetectionSubject } from "./detectors/detector.js";
import { encodedTexts } from "./encoded-text.js";
import type { Finding } from "./finding.js";
import { foldText } from "./folded-text.js";
import type { Work } from "./in-slices.js";
import { jsonLeaves } from "./json-leaves.js";
import type { ValueMatcher } from "./value-matcher.js";

/** A detector, of a built-in type or of a caller's own. */
export interface TypedDetector {
  readonly type: string;
  /** Whether a text can hold any. @default every text */
  readonly needs?: (text: string) => boolean;
  find(subject: DetectionSubject): Iterable<Detection>;
}

/** What is looked for, and what of it counts. */
export interface Scan {
  readonly detectors: readonly TypedDetector[];
  /** Values to find wherever they stand. */
  readonly values: readonly ValueMatcher[];
  isLikely(finding: Pick<Finding, "type" | "score">): boolean;
  isExcluded(value: string): boolean;
}

/** No detector finds less: the code of a card has three digits. */
const shortestValue = 3;
/** Texts that take so long that others get their turn between two detectors, characters. */
const longText = 2_048;
/** Characters that are looked at in one go. Longer texts are looked at in windows. */
export const mostAtOnce = 32_768;
/** Each window is looked at with what stands before and behind it. */
const window = { length: 16_384, before: 1_024, behind: 2_048 };
/** What the values begin with that can reach further behind a window, and how far any value is followed. */
const longValue = /PRIVATE KEY|eyJ/;
const longestReach = 16_384;

/**
 * Everything that is found in a text, and in the Base64 that it holds; not merged. A JSON document is looked at leaf by
 * leaf, each with its key.
 *
 * @throws `mask_failed` when a detector throws.
 */
export function* scanText(text: string, path: StringPath, scan: Scan): Work<readonly Finding[]> {
  yield;
  const leaves = jsonLeaves(text);
  if (leaves === undefined) return yield* scanString(text, path, scan);
  const findings: Finding[] = [];
  for (const leaf of leaves) {
    yield;
    const inLeaf = yield* scanString(leaf.text, leaf.path.length === 0 ? path : leaf.path, scan);
    for (const finding of inLeaf) findings.push({ ...finding, ...leaf.toOriginal(finding) });
  }
  return findings;
}

function* scanString(text: string, path: StringPath, scan: Scan): Work<readonly Finding[]> {
  const findings = text.length <= longText ? scanShort(text, path, scan) : yield* scanLong(text, path, scan);
  for (const { start, end, decoded } of encodedTexts(text)) {
    // What is encoded is hidden as a whole: a placeholder can't stand within it.
    for (const finding of yield* scanLong(decoded, path, scan)) findings.push({ ...finding, start, end });
  }
  return findings;
}

/** Without pauses: in a short text all detectors together take less time than one slice of work. */
function scanShort(text: string, path: StringPath, scan: Scan): Finding[] {
  const { findings, ask } = lookAt(text, path, scan);
  for (const detector of scan.detectors) ask(detector);
  return findings;
}

/** A value is found in the window that it begins in. */
function* scanLong(text: string, path: StringPath, scan: Scan): Work<Finding[]> {
  if (text.length <= mostAtOnce) return yield* scanWindow(text, path, scan);
  const longestKnown = scan.values.reduce((most, { longest }) => Math.max(most, longest), window.behind);
  const findings: Finding[] = [];
  for (let start = 0; start < text.length; start += window.length) {
    const from = Math.max(0, start - window.before);
    const end = start + window.length;
    const hasLong = longValue.test(text.slice(start, end + window.behind));
    const behind = hasLong ? longestReach : Math.min(longestKnown, longestReach);
    for (const finding of yield* scanWindow(text.slice(from, end + behind), path, scan)) {
      const found = { ...finding, start: finding.start + from, end: finding.end + from };
      if (found.start >= start && found.start < end) findings.push(found);
    }
  }
  return findings;
}

function* scanWindow(text: string, path: StringPath, scan: Scan): Work<Finding[]> {
  const { findings, ask } = lookAt(text, path, scan);
  for (const detector of scan.detectors) {
    yield;
    ask(detector);
  }
  return findings;
}

interface Look {
  /** The known values in a text, and what those detectors found that were asked. */
  readonly findings: Finding[];
  ask(detector: TypedDetector): void;
}

function lookAt(text: string, path: StringPath, scan: Scan): Look {
  const folded = foldText(text);
  const findings: Finding[] = [];
  const add = (type: string, { start, end, score, why }: Detection) => {
    if (!scan.isLikely({ type, score })) return;
    const place = folded.toOriginal({ start, end });
    if (!scan.isExcluded(text.slice(place.start, place.end))) {
      findings.push({ type, start: place.start, end: place.end, score, why });
    }
  };
  for (const matcher of scan.values) {
    for (const { type, start, end } of matcher.find(folded.text)) add(type, { start, end, ...known });
  }
  const subject = detectionSubject(folded.text, path);
  const isShort = folded.text.length < shortestValue;
  // Neighbours share what they need.
  let asked: TypedDetector["needs"];
  let isMet = true;
  return {
    findings,
    ask(detector) {
      const { needs } = detector;
      if (needs !== asked) isMet = needs === undefined || subject.once(needs);
      asked = needs;
      if (isMet && !isShort) detect(detector, subject, add);
    },
  };
}

const known: Pick<Finding, "score" | "why"> = { score: 1, why: ["known"] };

function detect(
  { type, find }: TypedDetector,
  subject: DetectionSubject,
  add: (type: string, detection: Detection) => void,
): void {
  try {
    for (const detection of find(subject)) add(type, detection);
  } catch {
    // The cause is left out: its message may quote the text.
    throw new GatewayError("mask_failed", `The detector of "${type}" failed.`);
  }
}
