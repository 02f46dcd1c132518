import type { Usage } from "@levqor/core";
import type { AiSdkTokens, AiSdkUsage } from "./ai-sdk-model.js";

/** V2 left it to vendors whether cached tokens are part of the input: Anthropic's models count them beside it. */
const countsCachedBeside = /(^|[.-])anthropic([.-]|$)/;

/** Reported usage; nothing when input or output was not counted. `provider` is the model's. */
export function readUsage(usage: AiSdkUsage | undefined, provider: string): Usage | undefined {
  const input = usage?.inputTokens;
  const outputTokens = totalOf(usage?.outputTokens);
  const total = totalOf(input);
  if (total === undefined || outputTokens === undefined) return undefined;
  if (typeof input === "object") {
    const { cacheRead: cachedInputTokens, cacheWrite: cacheWriteTokens } = input;
    return { inputTokens: total, outputTokens, cachedInputTokens, cacheWriteTokens, source: "reported" };
  }
  const cachedInputTokens = usage?.cachedInputTokens;
  const beside = countsCachedBeside.test(provider) ? (cachedInputTokens ?? 0) : 0;
  return { inputTokens: total + beside, outputTokens, cachedInputTokens, source: "reported" };
}

const totalOf = (tokens: number | AiSdkTokens | undefined): number | undefined => {
  const total = typeof tokens === "object" ? tokens?.total : tokens;
  return typeof total === "number" && Number.isFinite(total) ? total : undefined;
};
