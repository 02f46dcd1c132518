import { costMicroUsd, estimateTokens, maxTokens } from "../budget/cost.js";
import type { Usage } from "../provider/provider.js";
import type { AttemptReport } from "../route/router.js";
import type { Attempt } from "./decision-record.js";

/**
 * What an attempt used and cost: as the provider reported it, else estimated from what was sent and received. A report
 * that is far too low for what was received does not make a call cheap.
 */
export function toAttempt(report: AttemptReport, estimateInputTokens: () => number): Attempt {
  const { target, outcome, durationMs } = report;
  const { model, price, unpriced } = target;
  const provider = target.provider.name;
  const usage = credible(report, estimateInputTokens) ?? estimateUsage(report, estimateInputTokens);
  const cost = usage === undefined || price === undefined ? 0 : costMicroUsd(price, usage);
  const attempt = { target: target.name, provider, model, outcome, durationMs, usage, costMicroUsd: cost };
  const isRepair = report.repairMessages !== undefined;
  if (!isRepair && unpriced === undefined) return attempt;
  return { ...attempt, ...(isRepair && { repair: true }), ...(unpriced && { unpriced }) };
}

/** No tokenizer puts so many bytes of text into a token on average: about four of English, and a report may be off. */
const bytesPerTokenAtMost = 64;

/** The reported usage, with an estimate in place of a count that can't be true. */
function credible({ usage, receivedText }: AttemptReport, estimateInput: () => number): Usage | undefined {
  if (usage === undefined) return undefined;
  const isInputLow = usage.inputTokens === 0;
  // One more: of a few bytes nobody can tell.
  const isOutputLow = (usage.outputTokens + 1) * bytesPerTokenAtMost < maxTokens(receivedText);
  if (!isInputLow && !isOutputLow) return usage;
  return {
    ...usage,
    inputTokens: isInputLow ? estimateInput() : usage.inputTokens,
    outputTokens: isOutputLow ? estimateTokens(receivedText) : usage.outputTokens,
    source: "estimated",
  };
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
