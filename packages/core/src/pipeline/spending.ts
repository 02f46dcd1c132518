import { estimateTokens, maxTokens, worstCaseMicroUsd } from "../budget/cost.js";
import type { AnyTask } from "../define-task.js";
import type { Message } from "../provider/provider.js";
import type { AttemptReport, PlannedAttempt, RouteTarget } from "../route/router.js";
import type { StoreContext } from "./ask-store.js";
import { toAttempt } from "./attempt-cost.js";
import { type CallQuota, rateLimited } from "./call-quota.js";
import { claimMoney } from "./claim-money.js";
import type { Attempt } from "./decision-record.js";
import { modelMayAnswer } from "./may-answer.js";
import type { MaskedCall } from "./pipeline-call.js";
import { countMessageTokens, countPromptTokens } from "./prompt-tokens.js";
import type { DegradedReason } from "./task-call.js";
import { tokensUsed } from "./tokens-used.js";

/** What one call may spend: money, and the tokens that its limits count. */
export interface Money {
  /** Why no model may be called; nothing when it is paid for. */
  readonly refused: DegradedReason | undefined;
  /** Whether one more attempt at `target` is covered; sets more aside when it is not yet. */
  affords(target: RouteTarget, planned?: PlannedAttempt): Promise<boolean>;
  /** Notes what an attempt cost. */
  charge(report: AttemptReport): Attempt;
  /** Charges what was used, gives the rest back. */
  settle(): Promise<void>;
}

/** Sets the worst case of one attempt aside: the most tokens the prompt can have and the model may write, at the dearest target. */
export async function reserveMoney<Input>(
  spending: StoreContext & {
    readonly task: AnyTask;
    readonly masked: MaskedCall<Input>;
    readonly quota: CallQuota;
  },
): Promise<Money> {
  const { task, masked, call, services, quota } = spending;
  const { attempts, budget } = call.decision;
  const { request } = masked;
  const { maxOutputTokens } = request;
  const inputTokens = (tokensOf: (text: string) => number, added: readonly Message[] = []) =>
    countPromptTokens(request, tokensOf) + countMessageTokens(added, tokensOf);
  const mayCall = modelMayAnswer(call);
  const mostTokens = mayCall ? inputTokens(maxTokens) : 0;
  const worstCase = ({ price }: RouteTarget, tokens = mostTokens) =>
    price === undefined ? 0 : worstCaseMicroUsd(price, { inputTokens: tokens, maxOutputTokens });
  let reservedTokens = 0;

  async function reserveTokens(tokens: number) {
    const missing = tokensUsed(attempts) + tokens - reservedTokens;
    if (missing <= 0) return undefined;
    const refusal = await quota.reserveTokens(missing);
    if (refusal === undefined) reservedTokens += missing;
    return refusal;
  }
  async function claim() {
    const refusal = await reserveTokens(mostTokens + maxOutputTokens);
    if (refusal !== undefined) throw rateLimited(refusal);
    return claimMoney({ task, call, services, worstCase: (target) => worstCase(target) });
  }
  const { money, refused } = mayCall ? await claim() : {};

  return {
    refused,
    async affords(target, { repairMessages, parallel = 1 } = {}) {
      if (money === undefined) return false;
      const tokens = repairMessages === undefined ? mostTokens : inputTokens(maxTokens, repairMessages);
      if ((await reserveTokens((tokens + maxOutputTokens) * parallel)) !== undefined) return false;
      const missing = budget.chargedMicroUsd + worstCase(target, tokens) * parallel - budget.reservedMicroUsd;
      return missing <= 0 || money.extend(missing);
    },
    charge(report) {
      const attempt = toAttempt(report, () => inputTokens(estimateTokens, report.repairMessages));
      budget.chargedMicroUsd += attempt.costMicroUsd;
      return attempt;
    },
    async settle() {
      await money?.settle(budget.chargedMicroUsd);
    },
  };
}
