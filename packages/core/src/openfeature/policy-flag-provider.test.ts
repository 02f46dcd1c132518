import { type EvaluationContext, OpenFeature } from "@openfeature/server-sdk";
import { afterAll, expect, it } from "vitest";
import type { AiGateway } from "../gateway.js";
import { governedGateway } from "../pipeline/governed-gateway.test-support.js";
import type { Caller } from "../pipeline/task-call.js";
import { memoryPolicyStore } from "../policy/memory-policy-store.js";
import { policyFlagProvider } from "./policy-flag-provider.js";

afterAll(() => OpenFeature.close());

const ada = { targetingKey: "ada", tenantId: "acme" };

async function clientOver() {
  const store = memoryPolicyStore({
    version: 1,
    flags: {
      beta: { value: true, tenants: ["acme"] },
      model: { value: "large", otherwise: "small", tenants: ["acme"] },
      results: { value: 50 },
      theme: { value: { dark: true } },
    },
  });
  const { gateway } = governedGateway({ policy: { source: store } });
  await OpenFeature.setProviderAndWait("ai", policyFlagProvider(gateway));
  return { store, client: OpenFeature.getClient("ai") };
}

it("serves every type of flag as the user's tenant has it", async () => {
  const { client } = await clientOver();
  expect(await client.getBooleanValue("beta", false, ada)).toBe(true);
  expect(await client.getBooleanValue("beta", true, { targetingKey: "eve" })).toBe(false);
  expect(await client.getStringValue("model", "?", ada)).toBe("large");
  expect(await client.getStringValue("model", "?", {})).toBe("small");
  expect(await client.getNumberValue("results", 0, ada)).toBe(50);
  expect(await client.getObjectValue("theme", {}, ada)).toEqual({ dark: true });
});

it("tells whether a task may call a model, as soon as that changes", async () => {
  const { client, store } = await clientOver();
  expect(await client.getBooleanValue("ai.task.chat", false, ada)).toBe(true);
  await store.publish({ version: 2, switches: { tenants: { acme: false } } });
  expect(await client.getBooleanValue("ai.task.chat", true, ada)).toBe(false);
  expect(await client.getBooleanValue("ai.task.chat", false, { targetingKey: "eve" })).toBe(true);
});

it("gives the default, and the reason, for a flag that there is not or that has another type", async () => {
  const { client } = await clientOver();
  expect(await client.getBooleanDetails("toString", true, ada)).toMatchObject({
    value: true,
    errorCode: "FLAG_NOT_FOUND",
  });
  expect(await client.getBooleanDetails("ai.task.none", false, ada)).toMatchObject({
    value: false,
    errorCode: "FLAG_NOT_FOUND",
  });
  expect(await client.getNumberDetails("model", 7, ada)).toMatchObject({
    value: 7,
    errorCode: "TYPE_MISMATCH",
    errorMessage: '"model" is no number.',
  });
});

it("has no list and no null for whoever asks for an object", async () => {
  const { client, store } = await clientOver();
  await store.publish({ version: 2, flags: { list: { value: [1] }, none: { value: null } } });
  expect(await client.getObjectValue("list", [])).toEqual([1]);
  for (const flag of ["list", "none"])
    expect(await client.getObjectDetails(flag, { dark: false })).toMatchObject({
      value: { dark: false },
      errorCode: "TYPE_MISMATCH",
    });
});

it("takes nothing but text for a name", async () => {
  const asked: Caller[] = [];
  const provider = policyFlagProvider({
    tasks: {} as AiGateway["tasks"],
    switchState: async () => ({ on: true }),
    policy: {
      status: () => ({ version: 1, problems: [] }),
      refresh: async () => {},
      flagsOf(caller) {
        asked.push(caller);
        return {};
      },
    },
  });
  const odd = { targetingKey: 7, tenantId: { toString: () => "acme" } } as unknown as EvaluationContext;
  for (const context of [odd, undefined as unknown as EvaluationContext])
    await provider.resolveBooleanEvaluation("__proto__", true, context, console);
  expect(asked).toEqual([{}, {}]);
});
