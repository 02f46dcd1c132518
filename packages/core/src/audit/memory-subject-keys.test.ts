import { describe, it } from "vitest";
import { memorySubjectKeys } from "./memory-subject-keys.js";
import { subjectKeysContract } from "./subject-keys-contract.js";

describe("memorySubjectKeys", () => {
  for (const { name, run } of subjectKeysContract) it(name, () => run(async () => memorySubjectKeys()));
});
