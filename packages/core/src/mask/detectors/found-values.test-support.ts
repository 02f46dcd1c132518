import type { StringPath } from "../../map-strings.js";
import { detectionSubject } from "../detection-subject.js";
import type { MaskType } from "../mask-type.js";
import { allDetectors } from "./all-detectors.js";

/** For tests: what the detectors of a type would hide of a text, finds that overlap joined. */
export function foundValues(type: MaskType, text: string, path: StringPath = []): string[] {
  const subject = detectionSubject(text, path);
  const spans = allDetectors
    .filter((detector) => detector.type === type)
    .flatMap((detector) => [...detector.find(subject)])
    .filter(({ score }) => score >= 0.5)
    .sort((left, right) => left.start - right.start);
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = joined.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined.map(({ start, end }) => text.slice(start, end));
}
