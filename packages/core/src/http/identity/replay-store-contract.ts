import assert from "node:assert/strict";
import type { Clock } from "../../clock.js";
import type { ContractCase } from "../../testing/contract-case.js";
import { manualClock } from "../../testing/manual-clock.js";
import type { ReplayStore } from "./replay-store.js";

/** Makes a store that knows no id yet. */
export type CreateReplayStore = (options: { readonly clock: Clock }) => ReplayStore | Promise<ReplayStore>;

const minute = 60_000;

async function subject(create: CreateReplayStore) {
  const clock = manualClock();
  return { clock, store: await create({ clock }) };
}

/** What every {@link ReplayStore} keeps. */
export const replayStoreContract: readonly ContractCase<CreateReplayStore>[] = [
  {
    name: "an id is claimed once",
    async run(create) {
      const { store } = await subject(create);
      assert.equal(await store.claim("a", minute), true);
      assert.equal(await store.claim("a", minute), false);
      assert.equal(await store.claim("b", minute), true);
    },
  },
  {
    name: "of 100 claims at once one is the first",
    async run(create) {
      const { store } = await subject(create);
      const claims = await Promise.all(Array.from({ length: 100 }, () => store.claim("a", minute)));
      assert.equal(claims.filter((isFirst) => isFirst).length, 1);
    },
  },
  {
    name: "an id stays claimed until its time is over and not longer, whoever asks meanwhile",
    async run(create) {
      const { clock, store } = await subject(create);
      await store.claim("a", minute);
      await clock.advance(minute - 1);
      assert.equal(await store.claim("a", minute), false);
      await clock.advance(1);
      assert.equal(await store.claim("a", minute), true);
      assert.equal(await store.claim("a", minute), false);
    },
  },
  {
    name: "takes ids as they are: none is another one, whatever is in it",
    async run(create) {
      const { store } = await subject(create);
      const ids = ["", "a", "A", "a ", "a:b", "*", "{a}", "__proto__", "長い", "x".repeat(10_000)];
      for (const id of ids) assert.equal(await store.claim(id, minute), true, id);
      for (const id of ids) assert.equal(await store.claim(id, minute), false, id);
    },
  },
  {
    name: "a time that is none claims nothing",
    async run(create) {
      const { store } = await subject(create);
      for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        await assert.rejects(store.claim("a", ttlMs));
      }
      assert.equal(await store.claim("a", minute), true);
    },
  },
];
