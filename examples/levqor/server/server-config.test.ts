import { isGatewayError } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { readServerConfig } from "./server-config.js";

const secret = "s".repeat(32);
const signingSecret = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readServerConfig(environment);
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}

describe("readServerConfig", () => {
  it("needs nothing", () => {
    const config = readServerConfig({});
    expect(config).toMatchObject({
      port: 8000,
      host: "127.0.0.1",
      siteOrigin: "http://localhost:8000",
      trustedProxies: 0,
      sessionSecretIsTemporary: true,
      signingSecrets: [],
      demoSignIn: true,
    });
    expect(config.sessionSecret).toHaveLength(32);
    expect(readServerConfig({}).sessionSecret).not.toEqual(config.sessionSecret);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readServerConfig({ PORT: "", LEVQOR_SESSION_SECRET: "" }).port).toBe(8000);
  });

  it("lists every mistake by name, and no value", () => {
    const environment = {
      PORT: "80 80",
      LEVQOR_SITE_ORIGIN: "https://example.com/path",
      LEVQOR_TRUSTED_PROXIES: "true",
      LEVQOR_SESSION_SECRET: "canary-too-short",
      LEVQOR_SIGNING_SECRET: "whsec_Y2FuYXJ5",
      REDIS_URL: "http://canary.example",
      DATABASE_URL: "canary",
      LEVQOR_DEMO_SIGN_IN: "perhaps",
    };
    const problems = problemsOf(environment);
    expect(problems.map((problem) => problem.split(":")[0])).toEqual(Object.keys(environment));
    for (const value of ["80 80", "/path", "canary", "Y2Fu", "perhaps"])
      expect(problems.join()).not.toContain(value);
  });

  it.each(["-1", "65536", "1e3", "0x10", "８０"])("refuses PORT=%s", (PORT) => {
    expect(problemsOf({ PORT })).toHaveLength(1);
  });

  it("wants a session secret and offers no demo sign-in in production", () => {
    expect(problemsOf({ NODE_ENV: "production" })).toEqual([
      expect.stringContaining("LEVQOR_SESSION_SECRET: required"),
    ]);
    const config = readServerConfig({ NODE_ENV: "production", LEVQOR_SESSION_SECRET: secret });
    expect(config).toMatchObject({ demoSignIn: false, sessionSecretIsTemporary: false });
  });

  it("reads two signing secrets while one replaces the other", () => {
    const { signingSecrets } = readServerConfig({
      LEVQOR_SIGNING_SECRET: `${signingSecret(1)}, ${signingSecret(2)}`,
    });
    expect(signingSecrets.map((bytes) => bytes[0])).toEqual([1, 2]);
  });
});
