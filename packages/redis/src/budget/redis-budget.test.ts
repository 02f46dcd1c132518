import { budgetContract } from "@levqor/core/testing";
import { describe, it } from "vitest";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { redisBudget } from "./redis-budget.js";

describe.each(clientKinds)("redisBudget on $kind", ({ open }) => {
  it.each(budgetContract)("$name", async ({ run }) => {
    const client = await open();
    await run((options) => redisBudget({ ...options, client, prefix: ownPrefix(), timeoutMs: 10_000 }));
  });
});
