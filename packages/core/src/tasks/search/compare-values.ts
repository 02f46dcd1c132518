/** Orders two values of one kind, the smaller one first; text by UTF-16 code units, so it is the same everywhere. */
export const compareValues = <Value extends number | string>(left: Value, right: Value): number =>
  left < right ? -1 : left > right ? 1 : 0;
