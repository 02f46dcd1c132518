import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import { toProviderError } from "./openai-errors.js";

const never = new AbortController().signal;

describe("toProviderError", () => {
  it.each<[string, object, ErrorCode]>([
    ["a quota that is used up", { status: 429, code: "insufficient_quota" }, "provider_unauthorized"],
    ["a filter that refuses the prompt", { status: 400, code: "content_filter" }, "provider_filtered"],
    ["a limit inside a stream", { code: "rate_limit_exceeded" }, "provider_rate_limited"],
    ["a prompt that is too long", { code: "context_length_exceeded" }, "provider_rejected"],
    ["an unknown code", { status: 502, code: "toString" }, "provider_unavailable"],
    ["a body that broke off", new TypeError("terminated"), "provider_cut"],
    ["a body that is no JSON", new SyntaxError("Unexpected CANARY"), "provider_malformed"],
  ])("classes %s", (_, thrown, code) => {
    const error = toProviderError(thrown, never);
    expect(isGatewayError(error, code)).toBe(true);
    expect(String(error)).not.toContain("CANARY");
  });
});
