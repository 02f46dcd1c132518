import { type SlidingLog, slidingLog } from "./sliding-log.js";

/** What one caller has used in one dimension. */
export interface CallerCount {
  readonly requests: SlidingLog;
  readonly tokens: SlidingLog;
  /** Calls that hold a permit now; who holds one is never forgotten. */
  running: number;
  lastMs: number;
}

/** The counts of all callers of one dimension, at most `maxKeys` of them. */
export interface CallerCounts {
  find(key: string): CallerCount | undefined;
  /** The caller's count, made when it is new, and marked as used now. */
  touch(key: string, nowMs: number): CallerCount;
  /** Forgets callers who were idle for `idleMs`, a few at a time. */
  forgetIdle(idleMs: number, nowMs: number): void;
  readonly size: number;
}

/** Callers are a ring in the order of their last use: a `Map` that is walked from its front steps over all it has lost. */
interface Place extends CallerCount {
  readonly key: string;
  before: Place;
  after: Place;
}

/** More than the one caller that a call can add, so that forgetting keeps up. */
const forgottenPerCall = 2;

/** Makes empty {@link CallerCounts}. */
export function callerCounts(maxKeys: number): CallerCounts {
  const places = new Map<string, Place>();
  /** The place between the caller used last and the one who is idle longest. */
  const seam = newPlace("", 0);

  function forgetLongestIdle(): void {
    for (let place = seam.after; place !== seam; place = place.after) {
      if (place.running > 0) continue;
      forget(place);
      return;
    }
  }
  function forget(place: Place): void {
    takeOut(place);
    places.delete(place.key);
  }
  function newest(place: Place, nowMs: number): Place {
    takeOut(place);
    putBefore(seam, place);
    place.lastMs = nowMs;
    return place;
  }

  return {
    find: (key) => places.get(key),
    touch(key, nowMs) {
      const known = places.get(key);
      if (known !== undefined) return newest(known, nowMs);
      if (places.size >= maxKeys) forgetLongestIdle();
      const place = newPlace(key, nowMs);
      places.set(key, place);
      return newest(place, nowMs);
    },
    forgetIdle(idleMs, nowMs) {
      for (let left = forgottenPerCall; left > 0; left -= 1) {
        const longest = seam.after;
        if (longest === seam || nowMs - longest.lastMs < idleMs) return;
        if (longest.running === 0) forget(longest);
        else newest(longest, nowMs);
      }
    },
    get size() {
      return places.size;
    },
  };
}

function newPlace(key: string, nowMs: number): Place {
  const count = { key, requests: slidingLog(), tokens: slidingLog(), running: 0, lastMs: nowMs };
  const place = count as typeof count & { before: Place; after: Place };
  place.before = place;
  place.after = place;
  return place;
}

function takeOut(place: Place): void {
  place.before.after = place.after;
  place.after.before = place.before;
}

function putBefore(next: Place, place: Place): void {
  place.before = next.before;
  place.after = next;
  next.before.after = place;
  next.before = place;
}
