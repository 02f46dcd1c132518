import { costMicroUsd, estimateTokens } from "../budget/cost.js";
import type { Usage } from "../provider/provider.js";
import type { AttemptReport } from "../route/router.js";
import type { Attempt } from "./decision-record.js";

/** What an attempt used and cost: as the provider reported it, else estimated from what was sent and received. */
export function toAttempt(report: AttemptReport, estimateInputTokens: () => number): Attempt {
  const { target, outcome, durationMs } = report;
  const { model, price } = target;
  const provider = target.provider.name;
  const usage = report.usage ?? estimateUsage(report, estimateInputTokens);
  const cost = usage === undefined || price === undefined ? 0 : costMicroUsd(price, usage);
  const repair = report.repairMessages === undefined ? {} : { repair: true as const };
  return { target: target.name, provider, model, outcome, ...repair, durationMs, usage, costMicroUsd: cost };
}

/** Failures after which the provider may have worked, and will charge, although it did not report. */
const workedOutcomes: readonly AttemptReport["outcome"][] = [
  "ok",
  "aborted",
  "provider_timeout",
  "provider_cut",
  "provider_malformed",
  "provider_filtered",
  "invalid_output",
];

function estimateUsage(
  { outcome, receivedText }: AttemptReport,
  inputTokens: () => number,
): Usage | undefined {
  if (receivedText === "" && !workedOutcomes.includes(outcome)) return undefined;
  return { inputTokens: inputTokens(), outputTokens: estimateTokens(receivedText), source: "estimated" };
}
