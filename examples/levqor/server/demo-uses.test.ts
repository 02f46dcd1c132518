import { describe, expect, it } from "vitest";
import { levqorFacts } from "../facts/levqor-facts.js";
import { searchItemsFrom } from "../facts/search-items.js";
import { demoUses } from "./demo-uses.js";

const items = searchItemsFrom(levqorFacts);

describe("demoUses", () => {
  it("are of items that there are, at real times", () => {
    const ids = items.map(({ id }) => id);
    for (const { itemId, at } of demoUses) {
      expect(ids).toContain(itemId);
      expect(Date.parse(at)).not.toBeNaN();
    }
  });
});
