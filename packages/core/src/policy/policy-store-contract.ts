import assert from "node:assert/strict";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { PolicyDocument } from "./policy-document.js";
import type { PolicyStore } from "./policy-source.js";

/** Makes a store that nothing was published in. */
export type CreatePolicyStore = () => PolicyStore | Promise<PolicyStore>;

const first: PolicyDocument = {
  version: 1,
  switches: { tasks: { chat: { on: false, whenOff: "message", message: "Zurück um 9 – “soon”" } } },
  limits: { perUser: { requests: 5 }, perIp: false },
  budget: { gateway: { dailyUsd: 1.5, monthlyUsd: null } },
  flags: { beta: { value: true, percent: 10 }, theme: { value: { name: "dark" }, otherwise: null } },
};

const refusedVersion = (error: unknown) =>
  isGatewayError(error, "invalid_config") &&
  error.details.problems.some((problem) => problem.startsWith("version: "));

/** Resolves when the store tells of a change; rejects after five seconds. */
function nextChange(store: PolicyStore, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no change was told")), 5_000);
    void store.watch?.(async () => {
      clearTimeout(timer);
      resolve();
    }, signal);
  });
}

/** What every {@link PolicyStore} keeps. */
export const policyStoreContract: readonly ContractCase<CreatePolicyStore>[] = [
  {
    name: "has nothing before the first document, and then that document, whole",
    async run(create) {
      const store = await create();
      assert.equal(await store.read(), undefined);
      await store.publish(first);
      assert.deepEqual(await store.read(), first);
    },
  },
  {
    name: "takes the next version and no other",
    async run(create) {
      const store = await create();
      await assert.rejects(store.publish({ version: 2 }), refusedVersion);
      assert.equal(await store.read(), undefined);
      await store.publish({ version: 1 });
      for (const version of [1, 0, 3]) await assert.rejects(store.publish({ version }), refusedVersion);
      assert.deepEqual(await store.read(), { version: 1 });
      await store.publish({ version: 2, flags: {} });
      assert.deepEqual(await store.read(), { version: 2, flags: {} });
    },
  },
  {
    name: "of twenty who publish the same version at once takes one",
    async run(create) {
      const store = await create();
      await store.publish({ version: 1 });
      const attempts = Array.from({ length: 20 }, (_, index) =>
        store.publish({ version: 2, flags: { winner: { value: index } } }).then(() => index),
      );
      const won = (await Promise.allSettled(attempts)).flatMap((each) =>
        each.status === "fulfilled" ? [each.value] : [],
      );
      assert.equal(won.length, 1);
      assert.deepEqual(await store.read(), { version: 2, flags: { winner: { value: won[0] } } });
    },
  },
  {
    name: "tells those who watch, until they stop",
    async run(create) {
      const store = await create();
      const [listening, stopped] = [new AbortController(), new AbortController()];
      let toldAfterStop = 0;
      await store.watch?.(async () => {
        toldAfterStop += 1;
      }, stopped.signal);
      stopped.abort();
      const change = nextChange(store, listening.signal);
      await store.publish({ version: 1 });
      await change;
      listening.abort();
      assert.equal(toldAfterStop, 0);
    },
  },
  {
    name: "hands out copies",
    async run(create) {
      const store = await create();
      await store.publish(first);
      const found = (await store.read()) as { version: number };
      found.version = 99;
      assert.deepEqual(await store.read(), first);
    },
  },
];
