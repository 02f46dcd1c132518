/**
 * The HTTP status that a vendor's error code stands for, in the words of OpenAI, which many other vendors use. A code says
 * more than the status beside it, and an error inside a stream has a code only.
 */
export const statusOfVendorCode: ReadonlyMap<unknown, number> = new Map([
  ["insufficient_quota", 402],
  ["billing_not_active", 402],
  ["model_not_found", 404], // 403 when the account may not use it: the key is alive
  ["invalid_api_key", 401],
  ["rate_limit_exceeded", 429],
  ["context_length_exceeded", 400],
]);
