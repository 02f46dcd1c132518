import { describe, expect, it } from "vitest";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { gatewayFromEnv } from "./gateway-from-env.js";

const key = "sk-test-0123456789abcdef";

function quiet() {
  const warnings: string[] = [];
  const logger = { info() {}, warn: (_: object, message: string) => void warnings.push(message), error() {} };
  return { warnings, options: { logger, auditSink: memoryAuditSink() } };
}

describe("gatewayFromEnv", () => {
  it("answers locally without a key, and says so once", async () => {
    const { warnings, options } = quiet();
    const gateway = await gatewayFromEnv({ ...options, env: {} });
    expect((await gateway.chat({ message: "Hello" })).metadata.degraded).toBe("no_provider");
    expect(warnings).toEqual([expect.stringContaining("No AI provider is configured")]);
  });

  it("lets an option win over the environment, but not one that is undefined", async () => {
    const provider = fakeProvider([{ text: "from the option" }]);
    const { options } = quiet();
    const given = await gatewayFromEnv({ ...options, env: { OPENAI_API_KEY: key }, provider });
    expect((await given.chat({ message: "Hello" })).reply).toBe("from the option");
    const targets = await gatewayFromEnv({
      ...options,
      env: { OPENAI_API_KEY: key },
      targets: [{ provider }],
    });
    expect((await targets.chat({ message: "Hello" })).metadata.provider).toBe("fake");
    const { warnings, options: more } = quiet();
    await gatewayFromEnv({ ...more, env: { OPENAI_API_KEY: key }, provider: undefined });
    expect(warnings).toEqual([]); // the key's provider is there
  });

  it("has a kill switch, and a budget that is hard", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const { options } = quiet();
    const off = await gatewayFromEnv({ ...options, env: { AI_GATEWAY_ENABLED: "false" }, provider });
    expect((await off.chat({ message: "Hello" })).metadata.degraded).toBe("kill_switch");
    const broke = await gatewayFromEnv({ ...options, env: { AI_BUDGET_DAILY: "0" }, provider });
    expect((await broke.chat({ message: "Hello" })).metadata.degraded).toBe("budget");
    expect(provider.requests).toHaveLength(0);
  });

  it("warns of a misspelt variable", async () => {
    const { warnings, options } = quiet();
    await gatewayFromEnv({
      ...options,
      env: { AI_BUDGET_DALIY: "3", AI_OF_MY_OWN: "x", OPENAI_API_KEY: key },
    });
    expect(warnings).toEqual([
      "Variables that are not the gateway's: AI_BUDGET_DALIY (did you mean AI_BUDGET_DAILY?), AI_OF_MY_OWN.",
    ]);
  });
});
