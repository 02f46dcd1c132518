import { describe, expect, it } from "vitest";
import type { AiGatewayOptions } from "../gateway-options.js";
import { governedGateway } from "../pipeline/governed-gateway.test-support.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryPolicyStore } from "./memory-policy-store.js";
import type { PolicyDocument } from "./policy-document.js";
import type { PolicySource } from "./policy-source.js";

const caller = { tenantId: "acme", userId: "ada" };

function gatewayWithPolicy(document?: PolicyDocument, options: AiGatewayOptions = {}) {
  const store = memoryPolicyStore(document);
  return { store, ...governedGateway({ policy: { source: store }, ...options }) };
}

const targets = ["stable", "canary"].map((name) => ({
  name,
  provider: fakeProvider([{ text: name }], { name: `provider-of-${name}` }),
}));

describe("a policy", () => {
  it("is in force from the first call on", async () => {
    const { ask } = gatewayWithPolicy({ version: 3, switches: { gateway: false } });
    const { reply, decision } = await ask({ caller });
    expect(reply).toMatchObject({ reply: "local", metadata: { degraded: "kill_switch" } });
    expect(decision).toMatchObject({ policyVersion: 3, switch: { on: false } });
  });

  it("changes switches, limits, caps and routes of a running gateway, and takes them back", async () => {
    const { ask, store } = gatewayWithPolicy(undefined, {
      targets,
      rateLimiter: memoryRateLimiter({ perUser: { requests: 100 } }),
    });
    const answer = async () => (await ask({ caller })).reply;
    expect(await answer()).toMatchObject({ reply: "stable" });
    await store.publish({ version: 1, routes: { default: ["canary"] } });
    expect(await answer()).toMatchObject({ reply: "canary" });
    await store.publish({ version: 2, limits: { perUser: { requests: 1 } } });
    expect(await answer()).toMatchObject({ code: "rate_limited" });
    await store.publish({ version: 3, budget: { gateway: { dailyUsd: 0, onExceeded: "reject" } } });
    expect(await answer()).toMatchObject({ code: "budget_exceeded" });
    await store.publish({ version: 4, switches: { tasks: { echo: { on: false, whenOff: "error" } } } });
    expect(await answer()).toMatchObject({ code: "switched_off" });
    await store.publish({ version: 5 });
    expect(await answer()).toMatchObject({ reply: "stable" });
  });

  it("takes a provider out of every route; without another the local answer stands in", async () => {
    const { ask, askModel, store } = gatewayWithPolicy(undefined, { targets });
    await store.publish({ version: 1, switches: { providers: { "provider-of-stable": false } } });
    expect((await ask()).reply).toMatchObject({ reply: "canary" });
    const providers = { "provider-of-stable": false, "provider-of-canary": false };
    await store.publish({ version: 2, switches: { providers } });
    expect((await ask()).reply).toMatchObject({ reply: "local", metadata: { degraded: "kill_switch" } });
    expect((await askModel()).reply).toMatchObject({ code: "no_provider" });
  });

  it("that is wrong changes nothing and says why", async () => {
    const { ask, store, gateway } = gatewayWithPolicy(
      { version: 1, routes: { default: ["canary"] } },
      { targets },
    );
    await ask();
    const wrong = {
      version: 2,
      switches: { task: {} },
      limits: { perUser: { requests: -1 } },
      budget: { gatway: {}, gateway: { dailyUsd: "5" } },
      routes: { default: ["nobody"] },
    };
    await store.publish(wrong as unknown as PolicyDocument);
    expect(gateway.policy.status()).toEqual({
      version: 1,
      problems: [
        "policy.switches.task: there is no such option; check its spelling",
        "policy.budget.gatway: there is no such option; check its spelling",
      ],
    });
    await store.publish({ ...wrong, version: 3, switches: {}, budget: { gateway: { dailyUsd: -5 } } });
    expect(gateway.policy.status().problems).toEqual([
      expect.stringMatching(/^limits\.perUser\.requests: /),
      expect.stringMatching(/^budget\.gateway\.dailyUsd: /),
      expect.stringMatching(/^routes\.default\.0: .*nobody/),
    ]);
    expect((await ask()).reply).toMatchObject({ reply: "canary" });
    await store.publish({ version: 4, routes: { default: ["stable"] } });
    expect(gateway.policy.status()).toEqual({ version: 4, problems: [] });
    expect((await ask()).reply).toMatchObject({ reply: "stable" });
  });

  it("can't change what can't be changed", async () => {
    const { gateway, store } = gatewayWithPolicy(undefined);
    await store.publish({ version: 1, limits: { perUser: false } });
    expect(gateway.policy.status().problems).toEqual([
      "limits: this gateway's own implementation can't be changed while it runs",
    ]);
  });

  it("takes everything back when an implementation fails to take its part, also when that fails again", async () => {
    const rateLimiter = {
      consume: () => ({ allowed: true }) as const,
      setLimits() {
        throw new TypeError("secret");
      },
    };
    const store = memoryPolicyStore();
    const { gateway, ask } = governedGateway({ rateLimiter, policy: { source: store } });
    await store.publish({ version: 1, switches: { gateway: false }, limits: {} });
    expect(gateway.policy.status()).toEqual({
      version: undefined,
      problems: ["limits: this gateway's own implementation failed to take it"],
    });
    expect((await ask()).reply).toMatchObject({ reply: "model" });
    await gateway.close();
  });

  it("that is the same is looked at once more and not checked again; one that was changed in place is taken", async () => {
    let looks = 0;
    let isOn = true;
    const found = {
      version: 1,
      switches: {
        get gateway() {
          looks += 1;
          return isOn;
        },
      },
    };
    const { gateway, ask } = governedGateway({ policy: { source: { read: async () => found } } });
    await ask();
    const looksAtFirst = looks;
    await gateway.policy.refresh();
    expect([looks - looksAtFirst, gateway.policy.status()]).toEqual([1, { version: 1, problems: [] }]);
    isOn = false;
    found.version = 2;
    await gateway.policy.refresh();
    expect((await ask()).reply).toMatchObject({ reply: "local" });
    await gateway.close();
  });

  it("that was read later is not taken when it is older", async () => {
    let found: PolicyDocument = { version: 2 };
    const source: PolicySource = { read: async () => found };
    const { gateway, ask } = governedGateway({ policy: { source } });
    await ask();
    found = { version: 1, switches: { gateway: false } };
    await gateway.policy.refresh();
    expect(gateway.policy.status()).toEqual({
      version: 2,
      problems: ["policy.version: 1 is older than 2, which is in force"],
    });
    found = { version: 2, switches: { gateway: false } };
    await gateway.policy.refresh();
    expect(gateway.policy.status().problems).toEqual([
      "policy.version: 2 is in force with other content; raise it",
    ]);
    expect((await ask()).reply).toMatchObject({ reply: "model" });
  });

  it("is read again at intervals, and the last good one outlives its source", async () => {
    const clock = manualClock();
    let read = async (): Promise<unknown> => ({ version: 1 });
    const source: PolicySource = { read: () => read() };
    const { gateway, ask } = governedGateway({ policy: { source, pollMs: 500 }, clock });
    await ask();
    read = () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.7"));
    await clock.advance(500);
    expect(gateway.policy.status()).toEqual({
      version: 1,
      problems: ["policy: can't be read from its source"],
    });
    read = async () => ({ version: 2, switches: { gateway: false } });
    await clock.advance(500);
    expect(gateway.policy.status()).toEqual({ version: 2, problems: [] });
    await gateway.close();
    read = async () => ({ version: 3 });
    await clock.advance(5_000);
    expect(gateway.policy.status().version).toBe(2);
  });

  it("whose source hung is read again", async () => {
    const clock = manualClock();
    let read = (): Promise<unknown> => new Promise(() => {});
    const source: PolicySource = { read: () => read() };
    const { gateway } = governedGateway({ policy: { source, pollMs: 500 }, clock });
    read = async () => ({ version: 1 });
    await clock.advance(10_000);
    expect(gateway.policy.status().problems).toEqual(["policy: can't be read from its source"]);
    await clock.advance(500);
    expect(gateway.policy.status()).toEqual({ version: 1, problems: [] });
    await gateway.close();
  });

  it("whose source hangs makes calls wait two seconds at most", async () => {
    const clock = manualClock();
    const source: PolicySource = { read: () => new Promise(() => {}) };
    const { ask } = governedGateway({ policy: { source }, clock });
    const answer = ask();
    await clock.advance(1_999);
    expect(await Promise.race([answer, Promise.resolve("waiting")])).toBe("waiting");
    await clock.advance(1);
    expect((await answer).reply).toMatchObject({ reply: "model" });
    expect((await ask()).decision.policyVersion).toBeUndefined();
  });

  it("tells what is on, before a call is made", async () => {
    const { gateway, store } = gatewayWithPolicy({ version: 1 });
    expect(await gateway.switchState("echo", caller)).toEqual({ on: true });
    await store.publish({ version: 2, switches: { tenants: { acme: false } } });
    expect(await gateway.switchState("echo", caller)).toEqual({ on: false, whenOff: "local" });
    expect(await gateway.switchState("echo")).toEqual({ on: true });
  });
});

describe("the switch of a provider", () => {
  const document = { version: 1, switches: { providers: { fake: false } } };

  it("that takes out every target is told as a task that is off", async () => {
    const { gateway, ask, provider } = gatewayWithPolicy(document);
    expect(await gateway.switchState("echo")).toEqual({ on: false, whenOff: "local" });
    expect((await ask()).reply).toMatchObject({ metadata: { degraded: "kill_switch" } });
    expect(provider.requests).toEqual([]);
  });

  it("is not blamed for a call that may go nowhere", async () => {
    const targets = [{ provider: fakeProvider([{ text: "model" }], { name: "other" }) }];
    const { gateway, ask } = gatewayWithPolicy(document, { targets });
    expect(await gateway.switchState("echo")).toMatchObject({ on: true });
    expect((await ask({ targets: [] })).reply).toMatchObject({ metadata: { degraded: "no_provider" } });
  });
});

describe("flags", () => {
  it("are noted in the decision as the caller has them", async () => {
    const flags = {
      beta: { value: true, tenants: ["acme"] },
      limit: { value: 50, otherwise: 10, tenants: ["other"] },
      theme: { value: { name: "dark" } },
    };
    const { ask, gateway } = gatewayWithPolicy({ version: 1, flags });
    expect((await ask({ caller })).decision.flags).toEqual({
      beta: true,
      limit: 10,
      theme: { name: "dark" },
    });
    expect(gateway.policy.flagsOf({})).toEqual({ beta: false, limit: 10, theme: { name: "dark" } });
  });

  it("choose a percentage of users, the same ones each time, more as it is raised", async () => {
    const { gateway, store, ask } = gatewayWithPolicy({ version: 1 });
    await ask();
    const users = Array.from({ length: 2_000 }, (_, index) => ({
      tenantId: "acme",
      userId: `user-${index}`,
    }));
    const chosenAt = async (percent: number, version: number) => {
      await store.publish({ version, flags: { beta: { value: true, percent } } });
      return users.filter((user) => gateway.policy.flagsOf(user)["beta"] === true);
    };
    const [none, some, more, all] = [
      await chosenAt(0, 2),
      await chosenAt(10, 3),
      await chosenAt(50, 4),
      await chosenAt(100, 5),
    ];
    expect(none.length).toBe(0);
    expect(some.length).toBeGreaterThan(140);
    expect(some.length).toBeLessThan(260);
    expect(more).toEqual(expect.arrayContaining(some));
    expect(all.length).toBe(2_000);
    expect(gateway.policy.flagsOf({})).toEqual({ beta: true });
  });

  it("don't choose the same users for every flag", async () => {
    const { gateway, ask } = gatewayWithPolicy({
      version: 1,
      flags: { one: { value: true, percent: 50 }, two: { value: true, percent: 50 } },
    });
    await ask();
    const both = Array.from({ length: 1_000 }, (_, index) =>
      gateway.policy.flagsOf({ userId: `user-${index}` }),
    ).filter(({ one, two }) => one === true && two === true);
    expect(both.length).toBeGreaterThan(190);
    expect(both.length).toBeLessThan(310);
  });
});
