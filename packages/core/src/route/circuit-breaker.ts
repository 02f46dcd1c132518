import type { Clock } from "../clock.js";

type State =
  | { readonly name: "closed"; failures: number }
  | { readonly name: "open"; readonly untilMs: number }
  | { readonly name: "half-open"; readonly probe: Permit };

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

/** What a call says of the target's health. */
export type Health =
  | "healthy"
  | "failing"
  /** Opens at once: a dead credential. */
  | "broken"
  /** Says nothing: the caller aborted. */
  | "unknown";

/** Leave for one call. */
export interface Permit {
  /** The target has begun to answer: a probe need not come to its end to close the circuit. One that then fails opens it again. */
  begun(): void;
  /** Due once, at the call's end. */
  ended(health: Health): void;
}

/** Keeps calls away from a target that fails. */
export interface CircuitBreaker {
  readonly state: State["name"];
  /** Leave for a call, or nothing; after the open time exactly one call gets it, as a probe. */
  admit(): Permit | undefined;
}

/** closed → (failures) → open → (time) → half-open with one probe → closed or open again. */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { failureThreshold, openMs, clock, random } = options;
  let state: State = { name: "closed", failures: 0 };
  const close = () => {
    state = { name: "closed", failures: 0 };
  };
  const open = (forMs: number) => {
    state = { name: "open", untilMs: clock.monotonic() + forMs };
  };
  const openAnew = () => open(openMs * (1 + random() / 5));
  const createPermit = (): Permit => {
    const isProbe = () => state.name === "half-open" && state.probe === permit;
    let closedIt = false;
    const permit: Permit = {
      begun() {
        if (!isProbe()) return;
        closedIt = true;
        close();
      },
      ended(health) {
        if (health === "broken" || (health === "failing" && closedIt)) openAnew();
        else if (isProbe()) {
          if (health === "healthy") close();
          else if (health === "failing") openAnew();
          else open(0); // the next call probes
        } else if (state.name === "closed") {
          if (health === "healthy") close();
          else if (health === "failing" && ++state.failures >= failureThreshold) openAnew();
        }
      },
    };
    return permit;
  };
  return {
    get state() {
      return state.name;
    },
    admit() {
      if (state.name === "closed") return createPermit();
      if (state.name === "half-open" || clock.monotonic() < state.untilMs) return undefined;
      const probe = createPermit();
      state = { name: "half-open", probe };
      return probe;
    },
  };
}
