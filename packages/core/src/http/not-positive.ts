/** What is wrong with numbers that must be more than 0, one line each. */
export const notPositive = (numbers: Readonly<Record<string, number>>): string[] =>
  Object.entries(numbers)
    .filter(([, value]) => !(Number.isFinite(value) && value > 0))
    .map(([name]) => `${name}: must be a number more than 0`);
