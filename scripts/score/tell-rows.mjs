/** Prints a table, with at most three digits after the point. @param {readonly object[]} rows */
export function tellRows(rows) {
  const short = (/** @type {unknown} */ value) =>
    typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
  console.table(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, short(value)]))),
  );
}
