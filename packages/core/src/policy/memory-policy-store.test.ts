import { describe, expect, it } from "vitest";
import { memoryPolicyStore } from "./memory-policy-store.js";
import { policyStoreContract } from "./policy-store-contract.js";

describe("memoryPolicyStore", () => {
  for (const { name, run } of policyStoreContract) it(name, () => run(() => memoryPolicyStore()));

  it("begins with the document it is given, and keeps it to itself", async () => {
    const document = { version: 4 };
    const store = memoryPolicyStore(document);
    document.version = 9;
    expect(await store.read()).toEqual({ version: 4 });
  });
});
