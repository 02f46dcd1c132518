import { notPositive } from "./not-positive.js";

/**
 * What is wrong with the options that every adapter has, one line each: who asks has to be said, and `stallMs` must be a
 * time. For adapters of your own; `createHttpHandler` checks the other options.
 */
export const adapterProblems = ({
  identify,
  stallMs,
}: {
  readonly identify: unknown;
  readonly stallMs: number;
}): string[] => [...(typeof identify === "function" ? [] : [missingIdentify]), ...notPositive({ stallMs })];

const missingIdentify =
  "identify: give a check of credentials (jwtAuth, hmacAuth, apiKeyAuth), a function that returns the caller whom your " +
  "own authentication found, or `() => undefined` when everyone is an anonymous visitor";
