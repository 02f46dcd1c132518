import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { auditKey, publicKey, signingKey } from "./audit/audit-records.test-support.js";
import { readGatewayEnvironment } from "./gateway-environment.js";

const problemsOf = (env: Record<string, string>, about = {}): readonly string[] => {
  try {
    readGatewayEnvironment(env, about);
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
};

describe("readGatewayEnvironment", () => {
  it("has a default for everything", () => {
    expect(readGatewayEnvironment({})).toMatchObject({
      AI_OPENAI_MODEL: "gpt-4o-mini",
      AI_OPENAI_TIMEOUT: 5,
      AI_BUDGET_DAILY: 20,
      AI_BUDGET_MONTHLY: 500,
      AI_RATE_LIMIT_PER_USER: 20,
      AI_RATE_LIMIT_PER_IP: 100,
      AI_FALLBACK_ORDER: "openai,local",
      AI_AUDIT_FAILURE: "drop",
    });
  });

  it("treats an empty variable as not set", () => {
    expect(readGatewayEnvironment({ AI_BUDGET_DAILY: "", OPENAI_API_KEY: "" }).AI_BUDGET_DAILY).toBe(20);
  });

  it("lists every mistake at once and quotes no value", () => {
    const problems = problemsOf({
      AI_BUDGET_DAILY: "abc-CANARY",
      AI_RATE_LIMIT_PER_USER: "0",
      AI_OPENAI_BASE_URL: "ftp://CANARY",
      AI_FALLBACK_ENABLED: "maybe",
      AI_FALLBACK_ORDER: "local,openai",
      AI_OPENAI_MODEL: "CANARY-model",
      AI_OPENAI_API_KEY: "CANARY key",
    });
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "AI_BUDGET_DAILY",
      "AI_FALLBACK_ENABLED",
      "AI_FALLBACK_ORDER",
      "AI_OPENAI_API_KEY",
      "AI_OPENAI_BASE_URL",
      "AI_OPENAI_MODEL",
      "AI_RATE_LIMIT_PER_USER",
    ]);
    expect(problems.join()).not.toContain("CANARY");
  });

  it.each([
    ["AI_BUDGET_DAILY", "-1"],
    ["AI_BUDGET_DAILY", "Infinity"],
    ["AI_BUDGET_MONTHLY", " "],
    ["AI_OPENAI_MAX_RETRIES", "1.5"],
    ["AI_OPENAI_TIMEOUT", "0"],
    ["AI_LOG_LEVEL", "loud"],
    ["OPENAI_API_KEY", "my-key"],
  ])("refuses %s=%s", (name, value) => {
    expect(problemsOf({ [name]: value })).toHaveLength(1);
  });

  it("takes any key for a server of one's own", () => {
    const own = { AI_OPENAI_BASE_URL: "http://localhost:11434/v1", OPENAI_API_KEY: "ollama" };
    expect(problemsOf({ ...own, AI_OPENAI_MODEL: "llama3", AI_UNPRICED_MODELS: "allow" })).toEqual([]);
  });

  it.each<[string, Record<string, string>, readonly RegExp[]]>([
    ["a short key", { AI_AUDIT_KEY: "CANARY" }, [/^AI_AUDIT_KEY: must have at least 32 bytes$/]],
    ["a key of few characters", { AI_AUDIT_KEY: "CANARY".repeat(9) }, [/^AI_AUDIT_KEY: must be random/]],
    [
      "two bad keys",
      { AI_AUDIT_KEY: "CANARY", AI_AUDIT_SIGNING_KEY: "CANARY" },
      [/^AI_AUDIT_KEY: must have/, /^AI_AUDIT_SIGNING_KEY: must be an Ed25519 private key/],
    ],
    [
      "a public key",
      { AI_AUDIT_KEY: auditKey, AI_AUDIT_SIGNING_KEY: publicKey },
      [/^AI_AUDIT_SIGNING_KEY: must/],
    ],
    [
      "a signing key alone",
      { AI_AUDIT_SIGNING_KEY: signingKey },
      [/^AI_AUDIT_SIGNING_KEY: needs AI_AUDIT_KEY/],
    ],
    ["another policy", { AI_AUDIT_FAILURE: "CANARY" }, [/^AI_AUDIT_FAILURE: must be block, spool or drop$/]],
  ])("refuses for the audit %s", (_, env, expected) => {
    const problems = problemsOf({ AI_AUDIT_FILE: "audit.ndjson", ...env });
    expect(problems).toEqual(expected.map((problem) => expect.stringMatching(problem)));
    expect(problems.join()).not.toMatch(/CANARY|PUBLIC KEY/);
  });

  it.each([
    ["short", "CANARY", /^AI_MASK_KEY: must have at least 32 bytes$/],
    ["of few characters", "CANARY".repeat(9), /^AI_MASK_KEY: must be random/],
  ])("refuses a masker's key that is %s", (_, key, problem) => {
    expect(problemsOf({ AI_MASK_KEY: key })).toEqual([expect.stringMatching(problem)]);
    expect(problemsOf({ AI_MASK_KEY: key }).join()).not.toContain("CANARY");
  });

  it("wants a file for what is set about one, unless the host has a sink", () => {
    const env = { AI_AUDIT_KEY: auditKey, AI_AUDIT_FAILURE: "spool" };
    expect(problemsOf(env).map((problem) => problem.split(" ")[0])).toEqual([
      "AI_AUDIT_KEY:",
      "AI_AUDIT_FAILURE:",
    ]);
    expect(problemsOf(env, { hasAuditSink: true })).toEqual([]);
    expect(problemsOf({ ...env, AI_AUDIT_FILE: "audit.ndjson" })).toEqual([]);
  });
});
