/** The value below which a share of the values lies, 0 to 1. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position % 1);
}

export const median = (values) => quantile(values, 0.5);

/** How far the values lie from their median, as a share of it: the median of the distances. */
export function spread(values) {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle))) / middle;
}

/** Another order of the same. */
export function shuffled(values) {
  const order = [...values];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** The slope of the line through points that are one step apart, by least squares. */
export function slope(values) {
  const middle = (values.length - 1) / 2;
  const rise = values.reduce((sum, value, index) => sum + (index - middle) * value, 0);
  return rise / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}
