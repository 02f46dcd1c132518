import { describe, expect, it } from "vitest";
import { anthropicKeyProblem } from "./anthropic-key.js";
import { anthropicProvider } from "./anthropic-provider.js";

const body = "0123456789abcdefghij";
const good = `sk-ant-api03-${body}`;
const compatible = "http://127.0.0.1:8000/v1";

describe("anthropicKeyProblem", () => {
  it.each([
    [`sk-proj-${body}`, "does not look like an Anthropic key (sk-ant-…)"],
    ["sk-ant-short", "does not look like an Anthropic key (sk-ant-…)"],
    [`sk-ant-${body}/`, "does not look like an Anthropic key (sk-ant-…)"],
    [undefined, "is missing"],
  ])("refuses %j for Anthropic's own address only", (apiKey, problem) => {
    expect(anthropicKeyProblem(apiKey, undefined)).toBe(problem);
    expect(anthropicKeyProblem(apiKey, compatible)).toBeUndefined();
  });

  it.each([good, `sk-ant-${body}_-`])("accepts %j", (apiKey) => {
    expect(anthropicKeyProblem(apiKey, undefined)).toBeUndefined();
  });

  it("makes no provider with such a key, and says which option is wrong without quoting it", () => {
    for (const apiKey of [`${good}\n`, `"${good}"`, `Bearer ${good}`, `sk-proj-${body}`, body, undefined]) {
      const make = () => anthropicProvider({ apiKey });
      expect(make).toThrow(expect.objectContaining({ code: "invalid_config" }));
      expect(make).toThrow(/^anthropicProvider: apiKey: (must|is|does) /);
      expect(make).not.toThrow(body);
    }
  });
});
