import { type ErrorCode, GatewayError, isGatewayError } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { toProviderError } from "./anthropic-errors.js";

const never = new AbortController().signal;
const codeOf = (error: unknown) => {
  const result = toProviderError(error, never);
  return isGatewayError(result) ? result.code : undefined;
};

describe("toProviderError", () => {
  it.each<[string, ErrorCode]>([
    ["overloaded_error", "provider_unavailable"],
    ["api_error", "provider_unavailable"],
    ["timeout_error", "provider_unavailable"],
    ["rate_limit_error", "provider_rate_limited"],
    ["authentication_error", "provider_unauthorized"],
    ["billing_error", "provider_unauthorized"],
    ["permission_error", "provider_unauthorized"],
    ["invalid_request_error", "provider_rejected"],
    ["request_too_large", "provider_rejected"],
    ["toString", "provider_unavailable"],
  ])("classes %s inside a stream as %s", (type, code) => {
    expect(codeOf(Object.assign(new Error("CANARY"), { status: undefined, type }))).toBe(code);
  });

  it("believes the status more than the type", () => {
    expect(codeOf({ status: 503, type: "rate_limit_error" })).toBe("provider_unavailable");
  });

  it.each([undefined, null, "CANARY", 7, {}])("classes %j as unavailable and quotes nothing", (thrown) => {
    const error = toProviderError(thrown, never);
    expect(isGatewayError(error, "provider_unavailable")).toBe(true);
    expect(String(error)).not.toContain("CANARY");
  });

  it("tells a body that broke off from one that can't be parsed", () => {
    expect(codeOf(new TypeError("terminated"))).toBe("provider_cut");
    expect(codeOf(new SyntaxError("Unexpected CANARY"))).toBe("provider_malformed");
  });

  it("says what to look at when a reply is no JSON, or ends with an unknown error", () => {
    const message = (thrown: unknown) => String(toProviderError(thrown, never));
    expect(message(new SyntaxError("CANARY"))).toContain("not JSON: check baseURL, it stands without /v1.");
    expect(message({ error: { message: "CANARY" } })).toContain("a failure in the middle of its reply");
  });

  it("leaves a gateway error as it is, and prefers the signal's reason", () => {
    const filtered = new GatewayError("provider_filtered", "Filtered.");
    expect(toProviderError(filtered, never)).toBe(filtered);
    const reason = new Error("enough");
    expect(toProviderError(filtered, AbortSignal.abort(reason))).toBe(reason);
  });
});
