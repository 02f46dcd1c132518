import { describe, expect, it } from "vitest";
import { apiKeyProblem } from "./api-key-problem.js";

const good = "sk-proj-0123456789abcdefghij";
const compatible = "http://127.0.0.1:8000/v1";
const problemOf = (apiKey: string | undefined, baseURL?: string) =>
  apiKeyProblem({
    apiKey,
    baseURL,
    shapeProblem: (key) => (key.startsWith("sk-") ? undefined : "is no key of ours"),
  });

describe("apiKeyProblem", () => {
  it.each([
    "",
    " ",
    `${good} `,
    `${good}\n`,
    `${good}\r\n`,
    `\t${good}`,
    `${good}\u200b`,
    `"${good}"`,
    `'${good}'`,
    `\`${good}\``,
    `“${good}”`,
    `Bearer ${good}`,
  ])("refuses %j for every server", (apiKey) => {
    expect(problemOf(apiKey)).toMatch(/^must not be empty or hold/);
    expect(problemOf(apiKey, compatible)).toMatch(/^must not be empty or hold/);
  });

  it.each([
    ["AIza0123456789", "is no key of ours"],
    [undefined, "is missing"],
  ])("refuses %j for the vendor's own address only", (apiKey, problem) => {
    expect(problemOf(apiKey)).toBe(problem);
    expect(problemOf(apiKey, compatible)).toBeUndefined();
  });

  it("accepts a key of the vendor's shape", () => {
    expect(problemOf(good)).toBeUndefined();
  });
});
