import { describe, expect, it } from "vitest";
import { createDecisionRecord } from "../pipeline/decision-record.js";
import { decisionStoreContract } from "./decision-store-contract.js";
import { memoryDecisionStore } from "./memory-decision-store.js";

const decisionOf = (requestId: string) =>
  createDecisionRecord({ requestId, task: "chat", caller: {}, startedAtMs: 0 });

describe("memoryDecisionStore", () => {
  for (const { name, run } of decisionStoreContract)
    it(name, () => run(async () => ({ store: memoryDecisionStore(), settled: async () => {} })));

  it("keeps the latest and forgets the oldest", () => {
    const store = memoryDecisionStore({ maxDecisions: 2 });
    for (const id of ["a", "b", "a", "c"]) store.write(decisionOf(id));
    expect(["a", "b", "c"].map((id) => store.find(id)?.requestId)).toEqual(["a", undefined, "c"]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses maxDecisions %s", (maxDecisions) => {
    expect(() => memoryDecisionStore({ maxDecisions })).toThrow(/maxDecisions: must be a positive integer/);
  });
});
