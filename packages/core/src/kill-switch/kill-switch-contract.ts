import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import type { KillSwitch } from "./kill-switch.js";
import type { Switches } from "./switches.js";

/** Makes a kill switch with these switches, and a way to change them; it resolves once the change holds. */
export type CreateKillSwitch = (switches: Switches) => ChangeableKillSwitch | Promise<ChangeableKillSwitch>;

/** A kill switch and how to turn it. */
export interface ChangeableKillSwitch extends KillSwitch {
  setSwitches(switches: Switches): void | Promise<void>;
}

const acme = { tenantId: "acme", userId: "user-1" };
const on = { on: true };
const local = { on: false, whenOff: "local" };

/** What every kill switch promises. */
export const killSwitchContract: readonly ContractCase<CreateKillSwitch>[] = [
  {
    name: "is on for everything that nothing names",
    async run(create) {
      const killSwitch = await create({ tasks: { debug: false }, tenants: { other: false } });
      assert.deepEqual(await killSwitch.check({ task: "chat", caller: acme }), on);
      assert.deepEqual(await killSwitch.check({ task: "chat", caller: {} }), on);
    },
  },
  {
    name: "turns off one task, one tenant, or all",
    async run(create) {
      const killSwitch = await create({ tasks: { debug: false }, tenants: { other: false } });
      assert.deepEqual(await killSwitch.check({ task: "debug", caller: acme }), local);
      assert.deepEqual(await killSwitch.check({ task: "chat", caller: { tenantId: "other" } }), local);
      const all = await create({ gateway: false });
      assert.deepEqual(await all.check({ task: "chat", caller: acme }), local);
      assert.deepEqual(await all.check({ task: "debug", caller: {} }), local);
    },
  },
  {
    name: "lets the gateway's switch decide before the tenant's, and that before the task's",
    async run(create) {
      const switches = {
        gateway: { on: false, whenOff: "error" },
        tenants: { acme: { on: false, whenOff: "cached" } },
        tasks: { chat: { on: false, whenOff: "message", message: "Back at nine." } },
      } as const;
      const killSwitch = await create(switches);
      const question = { task: "chat", caller: acme };
      assert.deepEqual(await killSwitch.check(question), switches.gateway);
      await killSwitch.setSwitches({ ...switches, gateway: true });
      assert.deepEqual(await killSwitch.check(question), switches.tenants.acme);
      await killSwitch.setSwitches({ tasks: switches.tasks });
      assert.deepEqual(await killSwitch.check(question), switches.tasks.chat);
      await killSwitch.setSwitches({});
      assert.deepEqual(await killSwitch.check(question), on);
    },
  },
  {
    name: "is not fooled by names that every object has",
    async run(create) {
      const killSwitch = await create({ tasks: { chat: false } });
      for (const name of ["constructor", "__proto__", "toString"]) {
        assert.deepEqual(await killSwitch.check({ task: name, caller: { tenantId: name } }), on);
      }
    },
  },
  {
    name: "keeps its switches to itself",
    async run(create) {
      const tasks: Record<string, boolean> = { chat: false };
      const killSwitch = await create({ tasks });
      tasks["chat"] = true;
      assert.deepEqual(await killSwitch.check({ task: "chat", caller: acme }), local);
    },
  },
];
