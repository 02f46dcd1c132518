import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { readGatewayEnvironment } from "./gateway-environment.js";

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readGatewayEnvironment(env);
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
});
