import { expect, it } from "vitest";
import type { AiSdkUsage } from "./ai-sdk-model.js";
import { readUsage } from "./read-usage.js";

const nested = (total: number | undefined, cacheRead?: number): AiSdkUsage => ({
  inputTokens: { total, cacheRead },
  outputTokens: { total: 3 },
});

it.each<[string, AiSdkUsage | undefined, string, object | undefined]>([
  ["V2", { inputTokens: 7, outputTokens: 3 }, "openai.chat", { inputTokens: 7, outputTokens: 3 }],
  [
    "V2, cached tokens a part of the input",
    { inputTokens: 7, outputTokens: 3, cachedInputTokens: 4 },
    "openai.chat",
    { inputTokens: 7, outputTokens: 3, cachedInputTokens: 4 },
  ],
  [
    "V2, cached tokens beside the input",
    { inputTokens: 3, outputTokens: 3, cachedInputTokens: 4 },
    "anthropic.messages",
    { inputTokens: 7, outputTokens: 3, cachedInputTokens: 4 },
  ],
  [
    "V2, the same through a cloud",
    { inputTokens: 3, outputTokens: 3, cachedInputTokens: 4 },
    "vertex.anthropic.messages",
    { inputTokens: 7 },
  ],
  ["V3", nested(7), "openai.chat", { inputTokens: 7, outputTokens: 3, cachedInputTokens: undefined }],
  ["V3, cached", nested(7, 4), "anthropic.messages", { inputTokens: 7, cachedInputTokens: 4 }],
  [
    "V3, put in the cache",
    { inputTokens: { total: 7, cacheRead: 1, cacheWrite: 4 }, outputTokens: { total: 3 } },
    "anthropic.messages",
    { inputTokens: 7, cachedInputTokens: 1, cacheWriteTokens: 4 },
  ],
  ["V3, input not counted", nested(undefined), "openai.chat", undefined],
  ["V3, no number", nested(Number.NaN), "openai.chat", undefined],
  ["V2, output not counted", { inputTokens: 7 }, "openai.chat", undefined],
  ["nothing", undefined, "openai.chat", undefined],
])("reads usage: %s", (_, usage, provider, expected) => {
  const read = readUsage(usage, provider);
  if (expected === undefined) expect(read).toBeUndefined();
  else expect(read).toMatchObject({ source: "reported", ...expected });
});
