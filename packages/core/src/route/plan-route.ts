import { hashString } from "./hash-string.js";
import type { Route, WeightedChoice } from "./routes.js";

/** What decides between the targets of a weighted choice. */
export interface RouteDraw {
  /** The same key gets the same order each time; without one it is drawn anew. */
  readonly stickyKey: string | undefined;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
}

/** The names of the targets to try, in order. */
export function planRoute(route: Route, { stickyKey, random }: RouteDraw): readonly string[] {
  if (route.every((item) => typeof item === "string")) return route;
  return route.flatMap((item) =>
    typeof item === "string" ? [item] : orderByWeight(item, stickyKey ?? String(random())),
  );
}

/**
 * Weighted rendezvous hashing: each target draws a score from the key and its own name alone, and the highest wins in
 * proportion to the weights. So a raised weight only moves keys onto its target, none between two others.
 */
function orderByWeight(choice: WeightedChoice, key: string): string[] {
  const seed = hashString(key);
  return Object.entries(choice)
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => ({ name, score: scoreOf(weight, hashString(name, seed)) }))
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** The logarithm of `weight / -ln(u)`, 0 < u < 1: orders the same way and holds for the smallest and largest weights. */
const scoreOf = (weight: number, hash: number) =>
  Math.log(weight) - Math.log(-Math.log((hash + 0.5) / 2 ** 32));
