import type { DetectionSubject } from "./detector.js";

/** Remembers what `compute` made of a subject, for detectors of several types that need the same. */
export function oncePerSubject<Result extends object>(
  compute: (subject: DetectionSubject) => Result,
): (subject: DetectionSubject) => Result {
  const computed = new WeakMap<DetectionSubject, Result>();
  return (subject) => {
    const result = computed.get(subject) ?? compute(subject);
    computed.set(subject, result);
    return result;
  };
}
