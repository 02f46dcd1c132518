import assert from "node:assert/strict";
import { createDecisionRecord } from "../pipeline/decision-record.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { DecisionStore } from "./decision-store.js";

/** Makes an empty store; `settled` resolves once everything written before can be found. */
export type CreateDecisionStore = () => Promise<{
  readonly store: DecisionStore;
  readonly settled: () => Promise<void>;
}>;

const decisionOf = (requestId: string, task = "chat") =>
  createDecisionRecord({
    requestId,
    task,
    caller: { tenantId: "acme", userId: "ada" },
    startedAtMs: 1_767_261_600_000,
  });

/** What every {@link DecisionStore} keeps. */
export const decisionStoreContract: readonly ContractCase<CreateDecisionStore>[] = [
  {
    name: "finds what was decided about a request, whole",
    async run(create) {
      const { store, settled } = await create();
      const decision = {
        ...decisionOf("request-1"),
        policyVersion: 7,
        flags: { beta: true },
        masks: { EMAIL: 2 },
      };
      await store.write(decision);
      await store.write(decisionOf("request-2"));
      await settled();
      const found = await store.find("request-1");
      assert.deepEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify(decision)));
    },
  },
  {
    name: "finds nothing for a request that it never saw",
    async run(create) {
      const { store, settled } = await create();
      await store.write(decisionOf("request-1"));
      await settled();
      for (const other of ["request", "", "request-1'; --", "constructor"])
        assert.equal(await store.find(other), undefined);
    },
  },
  {
    name: "of a request id that was used twice the later decision counts",
    async run(create) {
      const { store, settled } = await create();
      await store.write(decisionOf("again", "chat"));
      await store.write(decisionOf("again", "debug"));
      await settled();
      assert.equal((await store.find("again"))?.task, "debug");
    },
  },
];
