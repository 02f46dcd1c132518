import { describe, expect, it } from "vitest";
import { openAiKeyProblem } from "./openai-key.js";
import { openaiProvider } from "./openai-provider.js";

const body = "0123456789abcdefghij";
const good = `sk-proj-${body}`;
const compatible = "http://127.0.0.1:8000/v1";

describe("openAiKeyProblem", () => {
  it.each([
    [`sk-ant-api03-${body}`, "is a key of Anthropic (sk-ant-…): give it to anthropicProvider()"],
    ["sk-short", "does not look like an OpenAI key (sk-…)"],
    [`AIza${body}`, "does not look like an OpenAI key (sk-…)"],
    [`SK-${body}`, "does not look like an OpenAI key (sk-…)"],
    [`sk-${body}/`, "does not look like an OpenAI key (sk-…)"],
    [undefined, "is missing"],
  ])("refuses %j for OpenAI's own address only", (apiKey, problem) => {
    expect(openAiKeyProblem(apiKey, undefined)).toBe(problem);
    expect(openAiKeyProblem(apiKey, compatible)).toBeUndefined();
  });

  it.each([good, `sk-${body}`, `sk-svcacct-${body}_-`])("accepts %j", (apiKey) => {
    expect(openAiKeyProblem(apiKey, undefined)).toBeUndefined();
  });

  it("makes no provider with such a key, and says which option is wrong without quoting it", () => {
    for (const apiKey of [
      `${good}\n`,
      `"${good}"`,
      `Bearer ${good}`,
      `sk-ant-api03-${body}`,
      body,
      undefined,
    ]) {
      const make = () => openaiProvider({ apiKey });
      expect(make).toThrow(expect.objectContaining({ code: "invalid_config" }));
      expect(make).toThrow(/^openaiProvider: apiKey: (must|is|does) /);
      expect(make).not.toThrow(body);
    }
  });
});
