/**
 * One promise that every implementation of an interface keeps. Cases are data, so any test runner can run them:
 *
 * @example
 * for (const { name, run } of rateLimiterContract) it(name, () => run(createMyRateLimiter));
 */
export interface ContractCase<Create> {
  readonly name: string;
  /** Rejects (with `node:assert`) when the promise is broken. `create` makes a fresh subject. */
  run(create: Create): Promise<void>;
}
