import { budgetContract } from "@levqor/core/testing";
import { describe, it } from "vitest";
import { testDatabase } from "../test-database.test-support.js";
import { postgresBudget } from "./postgres-budget.js";

const database = testDatabase();

describe("postgresBudget keeps the budget's contract:", () => {
  for (const { name, run } of budgetContract)
    it(name, () =>
      run(async (options) =>
        postgresBudget({
          ...options,
          pool: database.pool,
          schema: await database.freshSchema(),
          timeoutMs: 30_000,
        }),
      ),
    );
});
