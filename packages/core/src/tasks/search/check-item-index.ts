import { invalidConfig } from "../../errors/invalid-config.js";
import type { ItemIndex } from "./item-index.js";

/**
 * Checks what a program without types may pass as an index.
 *
 * @throws `invalid_config`
 */
export function checkItemIndex(task: string, index: ItemIndex | undefined): void {
  const isMissing = (name: string) => typeof Reflect.get(Object(index), name) !== "function";
  if (index === undefined || !["search", "similar", "corrections", "get", "documents"].some(isMissing))
    return;
  throw invalidConfig(`Task "${task}"`, ["index: make it with createSearchIndex() of @levqor/core/search"]);
}
