import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import type { SubjectKeys } from "./subject-keys.js";

/** Makes a store without keys. */
export type CreateSubjectKeys = () => Promise<SubjectKeys>;

/** What every store of subject keys promises. */
export const subjectKeysContract: readonly ContractCase<CreateSubjectKeys>[] = [
  {
    name: "makes a key when it is told to, and keeps it",
    async run(create) {
      const keys = await create();
      assert.equal(await keys.keyOf("ada", { make: false }), undefined);
      const key = await keys.keyOf("ada", { make: true });
      assert.match(String(key), /^.{32,}$/);
      assert.equal(await keys.keyOf("ada", { make: true }), key);
      assert.equal(await keys.keyOf("ada", { make: false }), key);
    },
  },
  {
    name: "gives every subject another key",
    async run(create) {
      const keys = await create();
      const made = await Promise.all(
        Array.from({ length: 50 }, (_, index) => keys.keyOf(`subject-${index}`, { make: true })),
      );
      assert.equal(new Set(made).size, 50);
    },
  },
  {
    name: "makes one key for a subject that many ask for at once",
    async run(create) {
      const keys = await create();
      const made = await Promise.all(Array.from({ length: 20 }, () => keys.keyOf("ada", { make: true })));
      assert.equal(new Set(made).size, 1);
    },
  },
  {
    name: "drops a key for good",
    async run(create) {
      const keys = await create();
      const key = await keys.keyOf("ada", { make: true });
      const other = await keys.keyOf("bob", { make: true });
      assert.equal(await keys.erase("ada"), true);
      assert.equal(await keys.erase("ada"), false);
      assert.equal(await keys.keyOf("ada", { make: false }), undefined);
      assert.notEqual(await keys.keyOf("ada", { make: true }), key);
      assert.equal(await keys.keyOf("bob", { make: true }), other);
    },
  },
];
