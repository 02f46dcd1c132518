import { median, shuffled, spread } from "./statistics.mjs";

/**
 * Measures all contenders in each round, in another order every time, so that what else happens on the machine meets all
 * alike. `measure(name)` resolves to an object of figures. Resolves to the figures by name, one a round; a contender that
 * fails has an `Error` instead.
 */
export async function measuredRounds(names, { rounds, measure }) {
  const figures = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(names)) {
      const own = figures.get(name);
      if (own instanceof Error) continue;
      try {
        own.push(await measure(name));
      } catch (error) {
        figures.set(name, error);
      }
    }
  }
  return figures;
}

/** The median of a figure over the rounds; beside a baseline also that of its ratio within a round, and how much it varies. */
export function summary(own, figure, baseline) {
  const values = own.map((each) => each[figure]);
  if (!Array.isArray(baseline)) return { value: median(values) };
  const ratios = values.map((value, round) => value / baseline[round][figure]);
  return { value: median(values), ratio: median(ratios), spread: spread(ratios) };
}
