import { describe, expect, it } from "vitest";
import type { AnyTask } from "../../define-task.js";
import { patternMasker } from "../../mask/pattern-masker.js";
import { createSearchIndex } from "../../search/create-search-index.js";
import { silentGateway } from "../../testing/silent-gateway.js";
import { intelligentSearchTask } from "./intelligent-search-task.js";
import { recommendationsTask } from "./recommendations/recommendations-task.js";
import { semanticSearchTask } from "./semantic-search-task.js";

const canary = "canary@example.com";

/** An index whose embedder, far away, sees everything alike. */
function farIndex() {
  const asked: string[] = [];
  const index = createSearchIndex({
    documents: [
      { id: "a", text: `An invoice for ${canary}` },
      { id: "b", text: "An invoice for nobody" },
    ],
    masker: patternMasker(),
    embedder: {
      dimensions: 1,
      async embed(texts) {
        asked.push(...texts);
        return texts.map(() => Float32Array.of(1));
      },
    },
  });
  return { index, asked };
}

describe("what a search task sends to an embedder", () => {
  const known = { person: ["Zaphod Beeblebrox"] };
  const query = `invoices of Zaphod Beeblebrox, ${canary}`;

  it.each([
    ["semantic_search", semanticSearchTask],
    ["intelligent_search", intelligentSearchTask],
  ])("is masked, what the call knows too: %s", async (_name, taskOf) => {
    const { index, asked } = farIndex();
    const task: AnyTask = taskOf({ index });
    const reading = JSON.stringify({ ranking: ["b"], text: query, filters: {} });
    for (const replies of [undefined, [{ text: reading }]]) {
      const { gateway } = silentGateway(task, replies);
      const found = { results: expect.arrayContaining([expect.objectContaining({ id: "a" })]) };
      expect(await gateway.run(task, { query }, { known })).toMatchObject(found);
    }
    expect(asked).toContain("invoices of [PERSON], [EMAIL]");
    expect(JSON.stringify(asked)).not.toMatch(/zaphod|canary/i);
  });

  it("is masked: get_recommendations", async () => {
    const { index, asked } = farIndex();
    const task = recommendationsTask({ index });
    await silentGateway(task).gateway.run(task, { item_ids: ["a"] });
    expect(asked).toContain("\nAn invoice for [EMAIL]");
    expect(JSON.stringify(asked)).not.toContain("canary");
  });
});
