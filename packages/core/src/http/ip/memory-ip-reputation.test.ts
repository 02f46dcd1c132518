import { describe, expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import { manualClock } from "../../testing/manual-clock.js";
import { ipReputationContract } from "./ip-reputation-contract.js";
import { type MemoryIpReputationOptions, memoryIpReputation } from "./memory-ip-reputation.js";

const minute = 60_000;

describe("memoryIpReputation keeps the contract", () => {
  for (const { name, run } of ipReputationContract)
    it(name, () =>
      run(({ clock }) =>
        memoryIpReputation({
          clock,
          allow: ["198.51.100.7"],
          deny: ["198.51.100.0/24", "2001:db8:bad::/48"],
          banAt: 3,
          banMs: 10 * minute,
          halfLifeMs: minute,
        }),
      ),
    );
});

describe("memoryIpReputation", () => {
  it("bans for what the default points add up to", () => {
    const reputation = memoryIpReputation({ clock: manualClock() });
    for (let time = 0; time < 10; time += 1) {
      expect(reputation.check("203.0.113.9").allowed).toBe(true);
      reputation.report("203.0.113.9", "injection_suspected");
    }
    expect(reputation.check("203.0.113.9")).toEqual({ allowed: false, reason: "banned" });
  });

  it("does not count what is not the client's fault", () => {
    const reputation = memoryIpReputation({ clock: manualClock() });
    for (const code of [
      "internal",
      "provider_timeout",
      "budget_exceeded",
      "aborted",
      "switched_off",
    ] as const)
      for (let time = 0; time < 1_000; time += 1) reputation.report("203.0.113.9", code);
    expect([reputation.check("203.0.113.9").allowed, reputation.status().entries]).toEqual([true, 0]);
  });

  it("takes points of your own, and 0 for none", () => {
    const points = { unauthenticated: 0, forbidden: 20 };
    const reputation = memoryIpReputation({ clock: manualClock(), points });
    for (let time = 0; time < 100; time += 1) reputation.report("203.0.113.9", "unauthenticated");
    expect(reputation.check("203.0.113.9").allowed).toBe(true);
    reputation.report("203.0.113.9", "forbidden");
    expect(reputation.check("203.0.113.9").allowed).toBe(false);
  });

  it("remembers at most maxEntries, those that failed last", () => {
    const reputation = memoryIpReputation({ clock: manualClock(), maxEntries: 3, banAt: 2 });
    const fail = (last: number) => reputation.report(`203.0.113.${last}`, "unauthenticated");
    for (const last of [1, 2, 3]) fail(last);
    fail(1); // banned, and the newest
    for (const last of [4, 5]) fail(last); // 2 and 3 are forgotten
    expect(reputation.status().entries).toBe(3);
    fail(2);
    expect(reputation.check("203.0.113.2").allowed).toBe(true);
    expect(reputation.check("203.0.113.1").allowed).toBe(true); // forgotten for 2
    fail(5);
    expect(reputation.check("203.0.113.5").allowed).toBe(false);
  });

  it("forgets as fast under a flood of addresses as without one", () => {
    const reputation = memoryIpReputation({ clock: manualClock(), maxEntries: 20_000 });
    const before = process.cpuUsage();
    for (let n = 0; n < 200_000; n += 1)
      reputation.report(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, "unauthenticated");
    const { user, system } = process.cpuUsage(before);
    expect(reputation.status().entries).toBe(20_000);
    expect((user + system) / 200_000).toBeLessThan(20);
  });

  it.each<[string, unknown, string]>([
    ["a network that is none", { deny: ["10.0.0.0/8", "sk-secret"] }, "deny: must be a list"],
    ["a text in place of a list", { allow: "10.0.0.0/8" }, "allow: must be a list"],
    ["a source without read", { deny: { reloadMs: 1 } }, "deny: must be a list"],
    ["an unknown option", { bantime: 1 }, "bantime: there is no such option"],
    ["an unknown code", { points: { unautenticated: 1 } }, "points"],
    ["points below 0", { points: { forbidden: -1 } }, "points.forbidden: must be 0 or more"],
    ["no time", { halfLifeMs: 0, banMs: Number.NaN }, "halfLifeMs: must be more than 0"],
    ["no room", { maxEntries: 0.5 }, "maxEntries: must be an integer"],
  ])("F48: refuses %s at the start", (_case, options, problem) => {
    try {
      memoryIpReputation(options as MemoryIpReputationOptions);
      expect.unreachable();
    } catch (error) {
      expect(isGatewayError(error, "invalid_config")).toBe(true);
      expect(String(error)).toContain(problem);
      expect(String(error)).not.toContain("sk-secret");
    }
  });
});
