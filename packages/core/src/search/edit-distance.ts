/**
 * How many letters were typed wrong: inserted, left out, replaced or swapped with their neighbour. Stops counting
 * above `most` (1 or 2 are quick) and then returns more than `most`.
 */
export function editDistance(left: string, right: string, most: number): number {
  return distanceFrom({ left, right, most }, 0, 0);
}

interface Pair {
  readonly left: string;
  readonly right: string;
  readonly most: number;
}

function distanceFrom({ left, right, most }: Pair, leftStart: number, rightStart: number): number {
  let [from, to] = [leftStart, rightStart];
  while (from < left.length && left[from] === right[to]) {
    from++;
    to++;
  }
  const [leftOver, rightOver] = [left.length - from, right.length - to];
  if (leftOver <= 0 && rightOver <= 0) return 0;
  if (most === 0 || Math.abs(leftOver - rightOver) > most) return most + 1;
  const rest = { left, right, most: most - 1 };
  const isSwapped = left[from] === right[to + 1] && left[from + 1] === right[to];
  return (
    1 +
    Math.min(
      distanceFrom(rest, from + 1, to + 1),
      distanceFrom(rest, from + 1, to),
      distanceFrom(rest, from, to + 1),
      isSwapped ? distanceFrom(rest, from + 2, to + 2) : most,
    )
  );
}
