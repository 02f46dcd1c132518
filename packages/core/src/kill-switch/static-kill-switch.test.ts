import { describe, expect, it } from "vitest";
import { killSwitchContract } from "./kill-switch-contract.js";
import { staticKillSwitch } from "./static-kill-switch.js";
import type { Switches } from "./switches.js";

function problemsOf(switches: unknown): readonly string[] {
  try {
    staticKillSwitch(switches as Switches);
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_config" });
    return (error as { details: { problems: readonly string[] } }).details.problems;
  }
  return [];
}

describe("staticKillSwitch", () => {
  for (const { name, run } of killSwitchContract) it(name, () => run(staticKillSwitch));

  it("is on without switches", () => {
    expect(staticKillSwitch().check({ task: "chat", caller: {} })).toEqual({ on: true });
  });

  it("names every switch that is wrong", () => {
    expect(
      problemsOf({
        gateway: "off",
        tasks: {
          chat: 0,
          debug: { on: false, whenOff: "later" },
          workflow: { on: false, whenOff: "message" },
        },
        tenants: ["acme"],
        tennants: {},
      }),
    ).toEqual([
      "tennants: is no switch",
      "gateway: must be true, false or { on, whenOff, message }",
      "tenants: must be an object of switches",
      "tasks.chat: must be true, false or { on, whenOff, message }",
      "tasks.debug.whenOff: must be local, cached, message or error",
      'tasks.workflow.message: is needed by whenOff "message"',
    ]);
    expect(problemsOf(null)).toEqual(["switches: must be an object"]);
    expect(problemsOf({ gateway: { on: false, whenof: "error" } })).toEqual([
      "gateway.whenof: is no part of a switch",
    ]);
    expect(problemsOf({ gateway: { on: false, message: 7 } })).toEqual(["gateway.message: must be a string"]);
  });

  it("keeps the old switches when new ones are wrong", () => {
    const killSwitch = staticKillSwitch({ gateway: false });
    expect(() => killSwitch.setSwitches({ gateway: "yes" } as unknown as Switches)).toThrow(/gateway/);
    expect(killSwitch.check({ task: "chat", caller: {} })).toEqual({ on: false, whenOff: "local" });
  });
});
