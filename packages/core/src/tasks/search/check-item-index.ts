import { invalidConfig } from "../../errors/invalid-config.js";
import type { ItemIndex } from "./item-index.js";

/**
 * Checks that a task that lists documents was given an index that can.
 *
 * @throws `invalid_config`
 */
export function checkItemIndex(task: string, index: ItemIndex | undefined): void {
  if (index === undefined || typeof index.documents === "function") return;
  throw invalidConfig(`Task "${task}"`, ["index: must list its documents; make it with createItemIndex()"]);
}
