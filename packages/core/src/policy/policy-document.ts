import * as z from "zod";
import type { BudgetCapOptions } from "../budget/budget-options.js";
import type { StaticFlags } from "../kill-switch/static-kill-switch.js";
import type { RateLimitOptions } from "../rate-limit/rate-limit-options.js";
import type { Routes } from "../route/routes.js";

/** A value that JSON can hold. */
export type FlagValue =
  | boolean
  | string
  | number
  | { readonly [key: string]: FlagValue }
  | readonly FlagValue[];

/** A feature flag: one value for everybody, or a value for some and another for the rest. */
export type FlagRule =
  | FlagValue
  | {
      /** What those who are chosen get. */
      readonly value: FlagValue;
      /** What the others get. */
      readonly otherwise: FlagValue;
      /** Tenants that are chosen. @default all */
      readonly tenants?: readonly string[] | undefined;
      /** Percentage of users (of tenants, for callers without a user) that is chosen, always the same ones. @default 100 */
      readonly percent?: number | undefined;
    };

/**
 * What operators change while the gateway runs, as one versioned document. A section that is absent leaves what the
 * gateway was made with.
 */
export interface PolicyDocument {
  /** A positive integer, one more with every change. A document that is not newer than the one in force is not taken. */
  readonly version: number;
  /** Kill switches of gateway, tenants, tasks and providers. */
  readonly switches?: StaticFlags | undefined;
  readonly limits?: RateLimitOptions | undefined;
  readonly budget?: BudgetCapOptions | undefined;
  /** Targets in their order of fallback, and weights of canaries. */
  readonly routes?: Routes | undefined;
  /** Feature flags, by name; evaluated per caller, noted in the decision record, served to OpenFeature. */
  readonly flags?: Readonly<Record<string, FlagRule>> | undefined;
}

/** The shape of a {@link PolicyDocument}; what the sections mean is checked by those who take them. */
export const policyDocumentSchema = z.strictObject({
  version: z.int("must be an integer").min(1, "must be 1 or more"),
});
