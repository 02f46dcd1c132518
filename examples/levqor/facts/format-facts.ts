/** `1490` → `£1,490`. */
export function formatPounds(pounds: number): string {
  return `£${formatCount(pounds)}`;
}

/** `10000` → `10,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-GB");
}

/** `48` → `48h`. */
export function formatHours(hours: number): string {
  return `${hours}h`;
}
