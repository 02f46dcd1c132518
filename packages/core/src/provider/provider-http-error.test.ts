import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { providerHttpError } from "./provider-http-error.js";

function retryAfterMs(headers: Record<string, string> | undefined): number | undefined {
  const error = providerHttpError({ status: 429, headers: headers && new Headers(headers) });
  return isGatewayError(error, "provider_rate_limited") ? error.details.retryAfterMs : Number.NaN;
}

describe("providerHttpError", () => {
  it.each([
    [undefined, "provider_unavailable"],
    [400, "provider_rejected"],
    [401, "provider_unauthorized"],
    [402, "provider_unauthorized"],
    [403, "provider_unauthorized"],
    [404, "provider_rejected"],
    [405, "provider_rejected"],
    [408, "provider_unavailable"],
    [409, "provider_unavailable"],
    [413, "provider_rejected"],
    [422, "provider_rejected"],
    [429, "provider_rate_limited"],
    [304, "provider_unavailable"],
    [500, "provider_unavailable"],
    [529, "provider_unavailable"],
  ])("turns status %s into %s", (status, code) => {
    const cause = new Error("CANARY");
    const error = providerHttpError({ status, cause });
    expect(error).toMatchObject({ code, cause });
    expect(error.message).not.toContain("CANARY");
    expect(error.message).toMatch(/^The .*: (check|see|make|raise) .*\.$/);
  });

  it.each([
    [undefined, "can't be reached: check baseURL and the network"],
    [400, "refuses the request (400): check that the model takes its parameters and its length"],
    [401, "refuses the key (401): check the provider's apiKey"],
    [402, "no credit or quota left: check its billing"],
    [403, "(403): check what the key, its account and its region may use"],
    [404, "know the model or the address (404): check the target's model and the provider's baseURL"],
    [405, "(405): check the target's model and the provider's baseURL"],
    [413, "too large for the provider (413): make the prompt shorter"],
    [429, "(429): raise the account's limits or add a target"],
    [502, "The provider, or a proxy before it, failed (502)"],
  ])("says what to look at after status %s", (status, advice) => {
    expect(providerHttpError({ status }).message).toContain(advice);
  });

  it.each([
    [undefined, undefined],
    [{}, undefined],
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-1" }, undefined],
    [{ "retry-after": "Infinity" }, undefined],
  ])("reads how long a 429 asks to wait from %j", (headers, expected) => {
    expect(retryAfterMs(headers)).toBe(expected);
  });
});
