import { randomKey } from "./random-key.js";
import type { SubjectKeys } from "./subject-keys.js";

/** Keys that live as long as the process: after a restart a subject's earlier records can't be found any more. */
export function memorySubjectKeys(): SubjectKeys {
  const keys = new Map<string, string>();
  return {
    keyOf(subject, { make }) {
      const known = keys.get(subject);
      if (known !== undefined || !make) return known;
      const key = randomKey();
      keys.set(subject, key);
      return key;
    },
    erase: (subject) => keys.delete(subject),
  };
}
