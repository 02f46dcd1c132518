let second = Number.NaN;
let writtenSecond = "";

/** A time as ISO 8601, UTC. Calls of the same second share its text: the platform takes long to write one. */
export function isoTime(ms: number): string {
  const at = Math.floor(ms / 1000);
  if (at !== second) {
    writtenSecond = new Date(at * 1000).toISOString().slice(0, -"000Z".length);
    second = at;
  }
  return `${writtenSecond}${String(Math.floor(ms - at * 1000)).padStart(3, "0")}Z`;
}
