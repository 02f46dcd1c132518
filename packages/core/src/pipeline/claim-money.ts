import type { BudgetExceeded, BudgetVerdict, Reservation } from "../budget/budget.js";
import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { RouteTarget } from "../route/router.js";
import { isOff } from "./admission.js";
import { askStore, type StoreContext, storeDown, storeUnavailable, tellStore } from "./ask-store.js";
import type { PipelineCall } from "./pipeline-call.js";
import type { Services } from "./services.js";
import type { DegradedReason } from "./task-call.js";

/** Money that is set aside for one call. */
export interface ClaimedMoney {
  /** Sets more aside; false when a cap is in the way. */
  extend(microUsd: number): Promise<boolean>;
  /** Charges what was used and gives the rest back. Never fails: the caller has the answer already. */
  settle(usedMicroUsd: number): Promise<void>;
}

/** What the budget said: the money is set aside, or why no model may be called. */
export type Claim =
  | { readonly money: ClaimedMoney; readonly refused?: undefined }
  | { readonly money?: undefined; readonly refused: DegradedReason };

interface Claiming extends StoreContext {
  readonly task: AnyTask;
  /** What one attempt costs at most, integer micro-dollars. */
  readonly worstCase: (target: RouteTarget) => number;
}

/**
 * Sets money aside for the call's own targets, or for the cheaper one that the cap in the way names. While the store
 * is down, `storeFailure` decides.
 */
export async function claimMoney(claiming: Claiming): Promise<Claim> {
  const { task, call, services } = claiming;
  const verdict = await askStore(() => askBudget(claiming), { call, services, store: "budget" });
  if (verdict === storeDown) {
    if (services.storeFailure.budget === "open") return { money: unlimited };
    if (task.local === undefined) throw storeUnavailable();
    return { refused: "store_unavailable" };
  }
  if (verdict.granted) {
    call.decision.budget.before = verdict.reservation.balances?.before ?? [];
    return { money: claimed(verdict.reservation, claiming) };
  }
  if (verdict.onExceeded === "reject" || task.local === undefined)
    throw capReached(verdict.exceeded, services);
  return { refused: "budget" };
}

/** A cap sends nobody where the caller of the gateway, or a switch, does not let the call go. */
function mayGoTo(target: RouteTarget, { allowedTargets, decision }: PipelineCall): boolean {
  if (decision.switch !== undefined && isOff(decision.switch, target)) return false;
  return allowedTargets === undefined || allowedTargets.includes(target.name);
}

async function askBudget({ task, call, services, worstCase }: Claiming): Promise<BudgetVerdict> {
  const { decision } = call;
  const reserve = async (targets: readonly RouteTarget[], degraded: boolean) => {
    const microUsd = Math.max(0, ...targets.map(worstCase));
    const { caller } = decision;
    const verdict = await services.budget.reserve({ task: task.name, caller, microUsd, degraded });
    if (verdict.granted) decision.budget.reservedMicroUsd = microUsd;
    else decision.budget.exceeded = verdict.exceeded;
    return verdict;
  };
  const verdict = await reserve(call.targets, false);
  if (verdict.granted || typeof verdict.onExceeded === "string") return verdict;
  const { degradeTo } = verdict.onExceeded;
  const cheaper = services.router.targets.find(({ name }) => name === degradeTo);
  if (cheaper === undefined)
    services.logger.warn({ task: task.name }, `The budget's degradeTo names no target: "${degradeTo}".`);
  if (cheaper === undefined || !mayGoTo(cheaper, call)) return verdict;
  const second = await reserve([cheaper], true);
  if (!second.granted) return second;
  call.targets = [cheaper];
  decision.budget.degradedTo = cheaper.name;
  return second;
}

function claimed(reservation: Reservation, { call, services }: StoreContext): ClaimedMoney {
  const { budget } = call.decision;
  const about = { call, services, store: "budget" } as const;
  return {
    async extend(microUsd) {
      const exceeded = await askStore(() => reservation.extend(microUsd), about);
      if (exceeded === storeDown) return services.storeFailure.budget === "open";
      if (exceeded === undefined) budget.reservedMicroUsd += microUsd;
      else budget.exceeded = exceeded;
      return exceeded === undefined;
    },
    async settle(usedMicroUsd) {
      await tellStore(() => reservation.settle(usedMicroUsd), about);
      budget.after = reservation.balances?.after ?? [];
    },
  };
}

const unlimited: ClaimedMoney = { extend: async () => true, settle: async () => {} };

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
