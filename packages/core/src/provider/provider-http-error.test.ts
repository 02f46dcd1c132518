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
    [408, "provider_unavailable"],
    [409, "provider_unavailable"],
    [413, "provider_rejected"],
    [429, "provider_rate_limited"],
    [500, "provider_unavailable"],
    [529, "provider_unavailable"],
  ])("turns status %s into %s", (status, code) => {
    const cause = new Error("CANARY");
    const error = providerHttpError({ status, cause });
    expect(error).toMatchObject({ code, cause });
    expect(error.message).not.toContain("CANARY");
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
