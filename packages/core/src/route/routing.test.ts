import { describe, expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { Caller } from "../pipeline/task-call.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { Routes } from "./routes.js";

const silent = { info() {}, warn() {}, error() {} };

/** A gateway over targets of these names, each of which answers with its name. */
function gatewayOver(names: readonly string[], options: AiGatewayOptions = {}) {
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({
    targets: names.map((name) => ({ name, provider: fakeProvider([{ text: `{"x":1} ${name}` }]) })),
    rateLimiter: { consume: () => ({ allowed: true }) },
    auditSink,
    logger: silent,
    ...options,
  });
  let asked = 0;
  /** Which target answers a caller. */
  const answering = async (caller: Caller = {}) => {
    const { reply } = await gateway.chat({ message: `Question ${++asked}` }, { caller });
    return reply.split(" ")[1] ?? "";
  };
  return { gateway, answering, auditSink };
}

const tenants = Array.from({ length: 100 }, (_, index) => `tenant-${index}`);

async function byTenant(answering: (caller: Caller) => Promise<string>) {
  const targets = new Map<string, string>();
  for (const tenantId of tenants) targets.set(tenantId, await answering({ tenantId }));
  return targets;
}

const problemsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
};

describe("routes", () => {
  it("send each task to its own tier", async () => {
    const routes: Routes = { default: ["cheap"], tasks: { workflow: ["strong", "cheap"] } };
    const { gateway, answering, auditSink } = gatewayOver(["strong", "cheap"], { routes });
    expect(await answering()).toBe("cheap");
    await gateway.workflow({ description: "When a lead comes in, tell Slack" });
    expect(auditSink.records[1]?.attempts[0]?.target).toBe("strong");
  });

  it("keep a tenant on its canary while that is raised, and take it back at once", async () => {
    const { gateway, answering } = gatewayOver(["stable", "canary"]);
    const at = (canary: number) => {
      gateway.setRoutes({ default: [{ stable: 100 - canary, canary }] });
      return byTenant((caller) => answering(caller));
    };
    const shares: number[] = [];
    let earlier = new Set<string>();
    for (const percent of [0, 10, 50, 100]) {
      const onCanary = new Set([...(await at(percent))].filter(([, to]) => to === "canary").map(([t]) => t));
      expect([...earlier].every((tenant) => onCanary.has(tenant))).toBe(true);
      shares.push(onCanary.size / tenants.length);
      earlier = onCanary;
    }
    expect(shares[0]).toBe(0);
    expect(shares[1]).toBeCloseTo(0.1, 1);
    expect(shares[2]).toBeCloseTo(0.5, 0);
    expect(shares[3]).toBe(1);
    expect([...(await at(0)).values()]).not.toContain("canary");
  });

  it("never serve one target's cached reply to a tenant of another", async () => {
    const { gateway } = gatewayOver(["stable", "canary"], {
      routes: { default: [{ stable: 50, canary: 50 }] },
    });
    const ask = async (userId: string) =>
      (await gateway.chat({ message: "The same" }, { caller: { userId } })).metadata;
    const replies = await Promise.all(tenants.slice(0, 40).map(ask));
    const models = replies.filter(({ source }) => source === "model");
    expect(models.length).toBeGreaterThanOrEqual(2);
  });

  it("fall back within the choice, then to the next item", async () => {
    const dead = { stream: fakeProvider([{ cut: true }]).stream, name: "dead", model: "gpt-4o-mini" };
    const { answering } = gatewayOver([], {
      targets: [
        { name: "a", provider: dead },
        { name: "b", provider: dead },
        { name: "backup", provider: fakeProvider([{ text: "from backup" }]) },
      ],
      retry: { maxRetries: 0 },
      routes: { default: [{ a: 1, b: 1 }, "backup"] },
    });
    expect(await answering({ tenantId: "t" })).toBe("backup");
  });

  it("are refused with every mistake, at the start and later, and stay as they were", async () => {
    const wrong = { default: ["stabel", {}], tasks: { chat: [] } } as unknown as Routes;
    expect(problemsOf(() => gatewayOver(["stable"], { routes: wrong })).length).toBeGreaterThanOrEqual(2);
    const { gateway, answering } = gatewayOver(["stable", "canary"], { routes: { default: ["canary"] } });
    expect(problemsOf(() => gateway.setRoutes(wrong)).join()).toContain('"stable"');
    expect(await answering()).toBe("canary");
  });

  it("can't be changed from outside once they hold", async () => {
    const route = ["canary"];
    const { answering } = gatewayOver(["stable", "canary"], { routes: { default: route } });
    route[0] = "stable";
    expect(await answering()).toBe("canary");
  });
});

describe("routes from a document", () => {
  it("hold nothing that was not checked", async () => {
    const routes: Routes = JSON.parse(
      '{"default":[{"__proto__":1,"canary":1}],"tasks":{"__proto__":["gone"]}}',
    );
    const { answering } = gatewayOver(["stable", "canary"], { routes });
    expect(await answering({ tenantId: "t" })).toBe("canary");
  });
});

describe("a call's own targets", () => {
  it("are the only ones it goes to", async () => {
    const { gateway } = gatewayOver(["one", "two"]);
    const { reply } = await gateway.chat({ message: "Hello" }, { targets: ["two"] });
    expect(reply).toContain("two");
    const local = await gateway.chat({ message: "What does it cost?" }, { targets: [] });
    expect(local.metadata).toMatchObject({ source: "local", degraded: "no_provider" });
  });

  it.each(["two", null])("must be a list, not %j", async (targets) => {
    const { gateway } = gatewayOver(["one", "two"]);
    const asking = gateway.chat({ message: "Hello" }, { targets } as never); // never: no type allows it
    await expect(asking).rejects.toMatchObject({ code: "invalid_config" });
  });

  it("must be there", async () => {
    const { gateway } = gatewayOver(["one", "two"]);
    const asking = gateway.chat({ message: "Hello" }, { targets: ["three"] });
    await expect(asking).rejects.toMatchObject({
      code: "invalid_config",
      message: expect.stringContaining("one, two"),
    });
  });
});

describe("targets", () => {
  it("are told apart by name", () => {
    const provider = fakeProvider([{}]);
    const { gateway } = gatewayOver([], {
      targets: [{ provider }, { provider }, { provider, name: "third" }],
    });
    expect(gateway.targets).toEqual([
      { name: "fake/gpt-4o-mini", provider: "fake", model: "gpt-4o-mini" },
      { name: "fake/gpt-4o-mini#2", provider: "fake", model: "gpt-4o-mini" },
      { name: "third", provider: "fake", model: "gpt-4o-mini" },
    ]);
    const twice = [
      { provider, name: "same" },
      { provider, name: "same" },
    ];
    expect(problemsOf(() => gatewayOver([], { targets: twice }))).toEqual([
      'targets: two targets are named "same"',
    ]);
  });

  it("keep their routes when the gateway has a router of its own", () => {
    const router = { targets: [], plan: () => [], route: () => ({}) as never };
    const { gateway } = gatewayOver([], { router, targets: undefined });
    expect(problemsOf(() => gateway.setRoutes({}))).toEqual([
      "routes: the gateway's own `router` has no setRoutes()",
    ]);
  });
});
