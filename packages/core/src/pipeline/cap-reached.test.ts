import { describe, expect, it } from "vitest";
import type { BudgetOptions } from "../budget/budget-options.js";
import { memoryBudget } from "../budget/memory-budget.js";
import { staticKillSwitch } from "../kill-switch/static-kill-switch.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { governedGateway } from "./governed-gateway.test-support.js";

/** Micro-dollars a token. */
const [dearUsd, cheapUsd] = [100, 1];
const usage = { inputTokens: 0, outputTokens: 100, source: "reported" as const };

/** Targets `dear` (a call uses $0.01) and `cheap` (a hundredth of that). */
function cappedGateway(options: BudgetOptions) {
  const target = (name: string, usd: number) => ({
    name,
    provider: fakeProvider([{ text: name, usage }]),
    price: { inputUsd: 0, outputUsd: usd },
  });
  const budget = memoryBudget({ ...options, clock: manualClock() });
  return {
    budget,
    ...governedGateway({ targets: [target("dear", dearUsd), target("cheap", cheapUsd)], budget }),
  };
}

const degrade = { degradeTo: "cheap", extraUsd: 0.0002 };

describe("at a cap", () => {
  it("calls go to the cheaper target that it names, until that has had its share too", async () => {
    const { ask, budget } = cappedGateway({ gateway: { dailyUsd: 0.02, onExceeded: degrade } });
    const replies = [];
    for (let call = 0; call < 6; call++) replies.push((await ask()).reply.reply);
    expect(replies).toEqual(["dear", "dear", "cheap", "cheap", "local", "local"]);
    expect(budget.usage()).toMatchObject([{ usedMicroUsd: 20_200, reservedMicroUsd: 0 }]);
  });

  it("the decision tells the cap and the target that it chose", async () => {
    const { ask } = cappedGateway({ gateway: { dailyUsd: 0.01, onExceeded: degrade } });
    const first = (await ask()).decision.budget;
    expect(first).toMatchObject({ degradedTo: undefined, exceeded: undefined });
    expect(first.before).toMatchObject([{ scope: "gateway", window: "day", usedMicroUsd: 0 }]);
    expect(first.after).toMatchObject([{ usedMicroUsd: 10_000, reservedMicroUsd: 0 }]);
    const { decision } = await ask();
    expect(decision.budget).toMatchObject({
      degradedTo: "cheap",
      exceeded: { scope: "gateway", limitMicroUsd: 10_000 },
      chargedMicroUsd: 100,
    });
    expect(decision.attempts.map(({ target }) => target)).toEqual(["cheap"]);
  });

  it("a name that no target has is a local answer, and a warning", async () => {
    const onExceeded = { degradeTo: "chaep" };
    const { ask, warnings } = cappedGateway({ gateway: { dailyUsd: 0, onExceeded } });
    expect((await ask()).reply).toMatchObject({ reply: "local", metadata: { degraded: "budget" } });
    expect(warnings).toEqual(['The budget\'s degradeTo names no target: "chaep".']);
  });

  it("nobody is sent where the call, or a switch, does not let them go", async () => {
    const { ask } = cappedGateway({ gateway: { dailyUsd: 0, onExceeded: degrade } });
    expect((await ask()).reply).toMatchObject({ reply: "cheap" });
    expect((await ask({ targets: ["dear"] })).reply).toMatchObject({ reply: "local" });
    const off = governedGateway({
      targets: [
        { name: "dear", provider: fakeProvider([{ text: "dear", usage }], { name: "vendor" }) },
        { name: "cheap", provider: fakeProvider([{ text: "cheap", usage }], { name: "other" }) },
      ],
      killSwitch: staticKillSwitch({ providers: { other: false } }),
      budget: memoryBudget({ gateway: { dailyUsd: 0, onExceeded: { degradeTo: "cheap", extraUsd: 1 } } }),
    });
    expect((await off.ask()).reply).toMatchObject({ reply: "local" });
  });

  it("the cheaper target's reply is not kept for the time when the cap is open again", async () => {
    const onExceeded = { degradeTo: "cheap", extraUsd: 1 };
    const { gateway, budget } = cappedGateway({ gateway: { dailyUsd: 0, onExceeded } });
    const ask = async () => (await gateway.chat({ message: "How?" })).reply;
    expect(await ask()).toBe("cheap");
    budget.setCaps({ gateway: { dailyUsd: 10 } });
    expect(await ask()).toBe("dear");
  });

  it("each scope has its own way", async () => {
    const { ask } = cappedGateway({
      gateway: { dailyUsd: 1 },
      tenant: { dailyUsd: 0, onExceeded: "reject" },
      user: { dailyUsd: 0, onExceeded: "local" },
    });
    const ofTenant = await ask({ caller: { tenantId: "acme" } });
    expect(ofTenant.reply).toMatchObject({ code: "budget_exceeded", details: { scope: "tenant" } });
    expect((await ask({ caller: { userId: "ada" } })).reply).toMatchObject({ reply: "local" });
    expect((await ask()).reply).toMatchObject({ reply: "dear" });
  });
});
