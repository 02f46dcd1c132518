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

const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `2026-03-05` → `5 March 2026`. */
export function formatDay(day: string): string {
  return dayFormat.format(new Date(day));
}
