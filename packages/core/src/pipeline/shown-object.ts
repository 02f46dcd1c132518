import type { Routing } from "./route-call.js";
import type { ShownParts } from "./shown-parts.js";
export function shownObject<Input, Output extends object>(
  _routing: Routing<Input, Output>,
): ShownParts<Output> {
  return { push: () => [], end: () => [] };
}
