import type { Clock } from "../clock.js";

type State =
  | { readonly name: "closed"; failures: number }
  | { readonly name: "open"; readonly untilMs: number }
  | { readonly name: "half-open" };

/** Options of {@link createCircuitBreaker}, resolved. */
export interface CircuitBreakerOptions {
  /** Failures in a row that open it. */
  readonly failureThreshold: number;
  /** How long it stays open, milliseconds; up to a fifth is added at random, so that processes do not return at once. */
  readonly openMs: number;
  readonly clock: Clock;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
}

/** Keeps calls away from a target that fails. */
export interface CircuitBreaker {
  readonly state: State["name"];
  /** Whether a call may go; after the open time exactly one may, as a probe. Each `true` needs one `record`. */
  admit(): boolean;
  /** `broken` opens at once (a dead credential); `unknown` says nothing about health (the caller aborted). */
  record(result: "healthy" | "failing" | "broken" | "unknown"): void;
}

/** closed → (failures) → open → (time) → half-open with one probe → closed or open again. */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { failureThreshold, openMs, clock, random } = options;
  let state: State = { name: "closed", failures: 0 };
  const open = () => {
    state = { name: "open", untilMs: clock.monotonic() + openMs * (1 + random() / 5) };
  };
  return {
    get state() {
      return state.name;
    },
    admit() {
      if (state.name === "closed") return true;
      if (state.name === "half-open" || clock.monotonic() < state.untilMs) return false;
      state = { name: "half-open" };
      return true;
    },
    record(result) {
      if (result === "broken") return open();
      if (state.name === "open") return; // a call from before it opened
      if (result === "healthy") state = { name: "closed", failures: 0 };
      else if (state.name === "half-open") {
        if (result === "failing") open();
        else state = { name: "open", untilMs: clock.monotonic() }; // the next call probes
      } else if (result === "failing" && ++state.failures >= failureThreshold) open();
    },
  };
}
