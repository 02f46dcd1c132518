import type { Clock } from "@levqor/core";

/** Which entries are still kept, of those that were added. */
export interface KeptEntries {
  add(name: string, ttlMs: number): void;
  size(): number;
}

/** Beyond so many the one that was added first is no longer counted. */
const maxEntries = 10_000;

/** Counts entries with a time to live. */
export function keptEntries(clock: Clock): KeptEntries {
  const endsAtMs = new Map<string, number>();
  return {
    add(name, ttlMs) {
      endsAtMs.delete(name);
      endsAtMs.set(name, clock.monotonic() + ttlMs);
      const [oldest] = endsAtMs.size > maxEntries ? endsAtMs.keys() : [];
      if (oldest !== undefined) endsAtMs.delete(oldest);
    },
    size() {
      const nowMs = clock.monotonic();
      for (const [name, endMs] of endsAtMs) if (endMs <= nowMs) endsAtMs.delete(name);
      return endsAtMs.size;
    },
  };
}
