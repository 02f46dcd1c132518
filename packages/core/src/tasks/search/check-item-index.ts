import { invalidConfig } from "../../errors/invalid-config.js";
import type { ItemIndex } from "./item-index.js";

/**
 * Checks what a program without types may pass as an index.
 *
 * @throws `invalid_config`
 */
export function checkItemIndex(task: string, index: ItemIndex | undefined): void {
  if (index === undefined || typeof Object(index).search === "function") return;
  throw invalidConfig(`Task "${task}"`, ["index: make it with createSearchIndex() of @levqor/core/search"]);
}
