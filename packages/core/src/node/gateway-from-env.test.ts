import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryBudget } from "../budget/memory-budget.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { auditKey, linesOf, publicKey, signingKey, testFolder } from "./audit/audit-records.test-support.js";
import { verifyAudit } from "./audit/verify-audit.js";
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

  it("makes a limiter and a budget of another kind with the figures of the environment", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const { options } = quiet();
    const env = { AI_RATE_LIMIT_PER_USER: "3", AI_RATE_LIMIT_PER_IP: "5", AI_BUDGET_DAILY: "0" };
    const asked: unknown[] = [];
    const gateway = await gatewayFromEnv({
      ...{ ...options, env, provider },
      rateLimiter(limits) {
        asked.push(limits);
        return memoryRateLimiter(limits);
      },
      budget(caps) {
        asked.push(caps);
        return memoryBudget({ ...caps, onExceeded: "reject" });
      },
    });
    const ask = () => gateway.chat({ message: "Hello" }, { caller: { userId: "ada" } });
    const codes: unknown[] = [];
    for (let call = 1; call <= 4; call += 1) await ask().catch(({ code }) => codes.push(code));
    expect(codes).toEqual(["budget_exceeded", "budget_exceeded", "budget_exceeded", "rate_limited"]);
    expect(asked).toEqual([
      { perUser: { requests: 3, windowMs: 60_000 }, perIp: { requests: 5, windowMs: 60_000 } },
      { gateway: { dailyUsd: 0, monthlyUsd: 500 } },
    ]);
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

  it("follows a policy file, over what the other variables say", async () => {
    const path = join(await testFolder(), "policy.json");
    await writeFile(path, JSON.stringify({ version: 1, switches: { gateway: false } }));
    const provider = fakeProvider([{ text: "hi" }]);
    const gateway = await gatewayFromEnv({ ...quiet().options, env: { AI_POLICY_FILE: path }, provider });
    expect((await gateway.chat({ message: "Hello" })).metadata.degraded).toBe("kill_switch");
    expect(gateway.policy.status()).toEqual({ version: 1, problems: [] });
    await gateway.close();
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

  it("has the same placeholder throughout a conversation with a masker's key", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const asked = async (env: Record<string, string>, ...messages: readonly string[]) => {
      const gateway = await gatewayFromEnv({ ...quiet().options, env, provider });
      for (const message of messages) await gateway.chat({ message }, { conversation: "c-42" });
      const said = provider.requests.slice(-messages.length).map(({ prompt }) => JSON.stringify(prompt));
      return said.map((text) => /\[EMAIL_\w{4}_\d+\]/.exec(text)?.[0]);
    };
    const question = "I am ada@example.com";
    const [first, second] = await asked({}, question, "Write to ada@example.com");
    expect(first).not.toBe(second);
    const AI_MASK_KEY = "0123456789abcdef0123456789abcdef";
    const [one, other] = await asked({ AI_MASK_KEY }, question, "Write to ada@example.com");
    expect(one).toMatch(/^\[EMAIL_/);
    expect(one).toBe(other);
    expect(await asked({ AI_MASK_KEY }, "Who is ada@example.com?")).toEqual([one]); // another process
  });

  it("keeps a chained and signed audit file with digests", async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const env = {
      AI_AUDIT_FILE: path,
      AI_AUDIT_KEY: auditKey,
      AI_AUDIT_SIGNING_KEY: signingKey.replaceAll("\n", "\\n"),
      AI_AUDIT_FAILURE: "block",
    };
    const provider = fakeProvider([{ text: "hi" }]);
    const gateway = await gatewayFromEnv({ env, provider, logger: quiet().options.logger });
    await gateway.chat({ message: "Hello" });
    await gateway.close();
    expect(await verifyAudit(path, { key: auditKey, publicKey })).toMatchObject({
      ok: true,
      records: 1,
      signed: 2,
    });
    const [record = ""] = await linesOf(path);
    expect(JSON.parse(record)).toMatchObject({ prompt_digest: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it.each([
    ["drop", undefined, 0],
    ["block", "audit_failed", 0],
    ["spool", undefined, 1],
  ])("with a file that can't be written: %s", async (policy, code, spooled) => {
    const path = join(await testFolder(), "audit.ndjson");
    await mkdir(path); // a folder where the file should be
    const env = { AI_AUDIT_FILE: path, AI_AUDIT_FAILURE: policy };
    const gateway = await gatewayFromEnv({ env, provider: undefined, logger: quiet().options.logger });
    const failure = await gateway.chat({ message: "Hello" }).then(
      () => undefined,
      (error: unknown) => Object(error).code,
    );
    expect(failure).toBe(code);
    const waiting = await readdir(`${path}.spool`).catch(() => []);
    expect(waiting.length).toBe(spooled);
    await gateway.close().catch(() => {});
  });
});
