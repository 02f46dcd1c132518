import {
  APICallError,
  JSONParseError,
  LoadAPIKeyError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { type ErrorCode, GatewayError, isGatewayError } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { toProviderError } from "./to-provider-error.js";

const never = new AbortController().signal;
const canary = "CANARY";
const apiError = (fields: Partial<ConstructorParameters<typeof APICallError>[0]>) =>
  new APICallError({
    message: canary,
    url: canary,
    requestBodyValues: canary,
    responseBody: canary,
    ...fields,
  });
const unreadable = new JSONParseError({ text: canary, cause: undefined });

describe("toProviderError", () => {
  it.each<[string, unknown, ErrorCode]>([
    ["429", apiError({ statusCode: 429 }), "provider_rate_limited"],
    ["401", apiError({ statusCode: 401 }), "provider_unauthorized"],
    ["400", apiError({ statusCode: 400 }), "provider_rejected"],
    ["503", apiError({ statusCode: 503 }), "provider_unavailable"],
    ["no answer", apiError({}), "provider_unavailable"],
    [
      "429 for a quota",
      apiError({ statusCode: 429, data: { error: { code: "insufficient_quota" } } }),
      "provider_unauthorized",
    ],
    [
      "400 for a filter",
      apiError({ statusCode: 400, data: { error: { code: "content_filter", type: "invalid" } } }),
      "provider_filtered",
    ],
    ["a 200 that is no JSON", apiError({ statusCode: 200, cause: unreadable }), "provider_malformed"],
    [
      "a 200 that broke off",
      apiError({ statusCode: 200, cause: new TypeError("terminated") }),
      "provider_cut",
    ],
    ["a 200 that broke off, for no known cause", apiError({ statusCode: 200 }), "provider_cut"],
    ["an event that is no JSON", unreadable, "provider_malformed"],
    ["a body that broke off", new TypeError("terminated"), "provider_cut"],
    ["a missing key", new LoadAPIKeyError({ message: canary }), "provider_unauthorized"],
    [
      "what the model can't do",
      new UnsupportedFunctionalityError({ functionality: canary }),
      "provider_rejected",
    ],
    [
      "an error of another SDK with a status",
      Object.assign(new Error(canary), { statusCode: 402 }),
      "provider_unauthorized",
    ],
    ["a vendor's object in a stream", { message: canary, type: "error", code: null }, "provider_unavailable"],
    ["a limit in a stream", { type: "rate_limit_error", message: canary }, "provider_rate_limited"],
    ["a limit in a stream, wrapped", { error: { code: "rate_limit_exceeded" } }, "provider_rate_limited"],
    ["a text in a stream", canary, "provider_unavailable"],
    ["nothing at all", undefined, "provider_unavailable"],
  ])("classes %s", (_, thrown, code) => {
    const error = toProviderError(thrown, never);
    expect(isGatewayError(error, code), String(error)).toBe(true);
    expect(String(error)).not.toContain(canary);
    expect(Reflect.get(Object(error), "cause")).toBe(thrown);
  });

  it.each([
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after-ms": "1500" }, 1500],
    [{}, undefined],
  ])("passes on how long a 429 asks to wait: %j", (responseHeaders, retryAfterMs) => {
    const error = toProviderError(
      apiError({ statusCode: 429, responseHeaders: { ...responseHeaders } }),
      never,
    );
    expect(error).toMatchObject({ details: { retryAfterMs } });
  });

  it("keeps an error of the gateway", () => {
    const own = new GatewayError("provider_cut", "Cut.");
    expect(toProviderError(own, never)).toBe(own);
  });

  it("gives the signal's reason once it has aborted, whatever was thrown", () => {
    const reason = new Error("enough");
    expect(toProviderError(apiError({ statusCode: 500 }), AbortSignal.abort(reason))).toBe(reason);
  });
});
