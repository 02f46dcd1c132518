/**
 * A tool call's arguments as the object that vendors want when a call is sent back to them. What the model wrote wrongly
 * goes back to it as a text: `{ arguments }`.
 */
export function toolInput(written: string): object {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // not JSON: below
  }
  return { arguments: written };
}
