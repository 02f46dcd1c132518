import { providerSdkError } from "./provider-sdk-error.js";
import { statusOfVendorCode } from "./status-of-vendor-code.js";

/** The typed error for what the official SDK throws. */
export const toProviderError = (error: unknown, signal: AbortSignal): unknown =>
  providerSdkError(error, signal, {
    statusOf: ({ code, status }) =>
      statusOfVendorCode.get(code) ?? (typeof status === "number" ? status : undefined),
    isFiltered: ({ code }) => code === "content_filter",
    baseURLAdvice: "it often ends in /v1",
  });
