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
    ["an account that is not paid for", { status: 429, code: "billing_not_active" }, "provider_unauthorized"],
    ["an unknown model", { status: 404, code: "model_not_found" }, "provider_rejected"],
    ["a model that the account may not use", { status: 403, code: "model_not_found" }, "provider_rejected"],
    ["an unknown code inside a stream", { error: { message: "CANARY" } }, "provider_unavailable"],
    ["an unknown code", { status: 502, code: "toString" }, "provider_unavailable"],
    ["a body that broke off", new TypeError("terminated"), "provider_cut"],
    ["a body that is no JSON", new SyntaxError("Unexpected CANARY"), "provider_malformed"],
  ])("classes %s", (_, thrown, code) => {
    const error = toProviderError(thrown, never);
    expect(isGatewayError(error, code)).toBe(true);
    expect(String(error)).not.toContain("CANARY");
  });

  it.each<[string, unknown, string]>([
    ["no connection", new Error("Connection error."), "can't be reached: check baseURL"],
    ["an error inside a stream", { error: { message: "CANARY" } }, "a failure in the middle of its reply"],
    [
      "a reply that is no JSON",
      new SyntaxError("CANARY"),
      "is not JSON: check baseURL, it often ends in /v1.",
    ],
  ])("says what to look at after %s", (_, thrown, advice) => {
    expect(toProviderError(thrown, never)).toMatchObject({ message: expect.stringContaining(advice) });
  });

  it("keeps away the cause that quotes what must not be told", () => {
    const badURL = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: "CANARY" });
    const error = toProviderError(badURL, never);
    expect(error).toMatchObject({ code: "provider_rejected" });
    expect(String(error)).toContain("The provider's baseURL is not a URL: correct it.");
    expect(error).not.toHaveProperty("cause");
    expect(toProviderError(new SyntaxError("CANARY"), never)).not.toHaveProperty("cause");
  });
});
