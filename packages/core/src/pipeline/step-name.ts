/** The steps of the pipeline, in order: folder name, span name and `error.step` are this one word. */
export const stepNames = [
  "validate",
  "kill-switch",
  "authorize",
  "rate-limit",
  "sanitize",
  "mask",
  "cache.lookup",
  "budget.reserve",
  "route",
  "output",
  "cache.store",
  "budget.settle",
  "audit",
] as const;

/** One of {@link stepNames}. */
export type StepName = (typeof stepNames)[number];
