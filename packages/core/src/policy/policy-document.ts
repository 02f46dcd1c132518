import type { BudgetCapOptions } from "../budget/budget-options.js";
import type { Switches } from "../kill-switch/switches.js";
import type { RateLimitOptions } from "../rate-limit/rate-limit-options.js";
import type { Routes } from "../route/routes.js";

/** A value that JSON can hold. */
export type FlagValue =
  | boolean
  | string
  | number
  | null
  | readonly FlagValue[]
  | { readonly [key: string]: FlagValue };

/** A feature flag: its value for those who are chosen, and for the others. */
export interface FlagRule {
  readonly value: FlagValue;
  /** What the others get. @default false, 0, "" or null, as `value` is */
  readonly otherwise?: FlagValue | undefined;
  /** Tenants that are chosen. @default all */
  readonly tenants?: readonly string[] | undefined;
  /** Percentage of users (of tenants, for callers without a user) that is chosen, always the same ones. @default 100 */
  readonly percent?: number | undefined;
}

/**
 * What operators change while the gateway runs, as one versioned document. A section that is absent leaves what the
 * gateway was made with.
 */
export interface PolicyDocument {
  /** A positive integer, one more with every change. A document that is not newer than the one in force is not taken. */
  readonly version: number;
  /** Kill switches of gateway, tenants, tasks and providers. */
  readonly switches?: Switches | undefined;
  readonly limits?: RateLimitOptions | undefined;
  readonly budget?: BudgetCapOptions | undefined;
  /** Targets in their order of fallback, and weights of canaries. */
  readonly routes?: Routes | undefined;
  /** Feature flags, by name; evaluated per caller, noted in the decision record, served to OpenFeature. */
  readonly flags?: Readonly<Record<string, FlagRule>> | undefined;
}
