import type { BudgetExceeded, BudgetVerdict } from "../budget/budget.js";
import { estimateTokens, maxTokens, worstCaseMicroUsd } from "../budget/cost.js";
import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { Message } from "../provider/provider.js";
import type { AttemptReport, PlannedAttempt, RouteTarget } from "../route/router.js";
import { toAttempt } from "./attempt-cost.js";
import type { Attempt } from "./decision-record.js";
import { modelMayAnswer } from "./may-answer.js";
import { modelRequest } from "./model-request.js";
import type { MaskedCall, PipelineCall } from "./pipeline-call.js";
import { countPromptTokens } from "./prompt-tokens.js";
import type { Services } from "./services.js";

/** The money of one call. */
export interface Money {
  /** False when a cap is reached: then no model may be called. */
  readonly granted: boolean;
  /** Whether one more attempt at `target` is covered; sets more aside when it is not yet. */
  affords(target: RouteTarget, planned?: PlannedAttempt): Promise<boolean>;
  /** Notes what an attempt cost. */
  charge(report: AttemptReport): Attempt;
  /** Charges what was used, gives the rest back. */
  settle(): Promise<void>;
}

/** Sets the worst case of one attempt aside: the most tokens the prompt can have and the model may write, at the dearest target. */
export async function reserveMoney<Input>(spending: {
  readonly task: AnyTask;
  readonly masked: MaskedCall<Input>;
  readonly call: PipelineCall;
  readonly services: Services;
}): Promise<Money> {
  const { task, masked, call, services } = spending;
  const { decision } = call;
  const request = modelRequest(task, masked.value.prompt);
  const { prompt, maxOutputTokens } = request;
  const mayCall = modelMayAnswer(call);
  const inputTokens = (tokensOf: (text: string) => number, added: readonly Message[] = []) => {
    const messages = [...prompt.messages, ...added];
    return countPromptTokens({ ...request, prompt: { ...prompt, messages } }, tokensOf);
  };
  const mostTokens = mayCall ? inputTokens(maxTokens) : 0;
  const worstCase = ({ price }: RouteTarget, tokens = mostTokens) =>
    price === undefined ? 0 : worstCaseMicroUsd(price, { inputTokens: tokens, maxOutputTokens });
  const microUsd = mayCall ? Math.max(0, ...call.targets.map((target) => worstCase(target))) : 0;
  const verdict = mayCall
    ? await services.budget.reserve({ task: task.name, caller: decision.caller, microUsd })
    : nothingToPay;
  if (!verdict.granted) {
    decision.budget.exceeded = verdict.exceeded;
    if (verdict.onExceeded === "reject" || task.local === undefined)
      throw capReached(verdict.exceeded, services);
  } else decision.budget.reservedMicroUsd = microUsd;
  const reservation = verdict.granted ? verdict.reservation : undefined;

  return {
    granted: verdict.granted,
    async affords(target, { repairMessages, parallel = 1 } = {}) {
      const { reservedMicroUsd, chargedMicroUsd } = decision.budget;
      const next = worstCase(target, repairMessages && inputTokens(maxTokens, repairMessages));
      const missing = chargedMicroUsd + next * parallel - reservedMicroUsd;
      if (reservation === undefined) return false;
      if (missing <= 0) return true;
      decision.budget.exceeded = await reservation.extend(missing);
      if (decision.budget.exceeded !== undefined) return false;
      decision.budget.reservedMicroUsd += missing;
      return true;
    },
    charge(report) {
      const attempt = toAttempt(report, () => inputTokens(estimateTokens, report.repairMessages));
      decision.budget.chargedMicroUsd += attempt.costMicroUsd;
      return attempt;
    },
    async settle() {
      await reservation?.settle(decision.budget.chargedMicroUsd);
    },
  };
}

/** What a call is granted that no model may answer. */
const nothingToPay: BudgetVerdict = {
  granted: true,
  reservation: { extend: () => undefined, settle: () => undefined },
};

function capReached(exceeded: BudgetExceeded, { clock }: Services): GatewayError {
  const retryAfterMs = Math.max(0, exceeded.resetsAtMs - clock.now());
  const until = new Date(exceeded.resetsAtMs).toISOString();
  return new GatewayError(
    "budget_exceeded",
    `The AI budget of this ${exceeded.window} is used up until ${until}.`,
    {
      details: { ...exceeded, retryAfterMs },
    },
  );
}
