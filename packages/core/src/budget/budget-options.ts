import { invalidConfig } from "../errors/invalid-config.js";
import type { OnExceeded } from "./budget.js";
import { budgetWindows, type FindWindow, type WindowKind } from "./budget-window.js";

/** How much may be spent, in US dollars. 0 blocks everything; a field that is absent (or `null`) is no cap. */
export interface BudgetCaps {
  /** Per calendar day. @default no cap */
  readonly dailyUsd?: number | null | undefined;
  /** Per calendar month. @default no cap */
  readonly monthlyUsd?: number | null | undefined;
  /** In any stretch of `rollingMs`, counted in 24 steps: spending leaves it at most a 24th late. @default no cap */
  readonly rollingUsd?: number | null | undefined;
  /** Milliseconds, at least 24 seconds. @default 86_400_000 (24 hours) */
  readonly rollingMs?: number | undefined;
  /** What happens at these caps; when several are in the way, the one that opens last decides. @default the budget's `onExceeded` */
  readonly onExceeded?: OnExceeded | undefined;
}

/** Something that was spent on: all of the gateway, one tenant, one user of a tenant, or one task. */
export type BudgetScope = "gateway" | "tenant" | "user" | "task";

/** Tells that a cap's alert threshold was reached. Amounts are integer micro-dollars. */
export interface BudgetAlert {
  readonly scope: BudgetScope;
  readonly tenantId?: string | undefined;
  readonly userId?: string | undefined;
  readonly task?: string | undefined;
  readonly window: WindowKind;
  /** `2026-03-29` or `2026-03`. */
  readonly windowId: string;
  readonly limitMicroUsd: number;
  readonly usedMicroUsd: number;
}

/** Caps and what happens at them; all of it can be changed while a budget is in use. */
export interface BudgetCapOptions {
  /** For all calls together. Given, it replaces both defaults. @default { dailyUsd: 20, monthlyUsd: 500 } */
  readonly gateway?: BudgetCaps | undefined;
  /** For each tenant; callers without `tenantId` have no such cap. @default {} */
  readonly tenant?: BudgetCaps | undefined;
  /** For each user of each tenant; callers without `userId` have no such cap. @default {} */
  readonly user?: BudgetCaps | undefined;
  /** For tasks, by name. @default {} */
  readonly task?: Readonly<Record<string, BudgetCaps>> | undefined;
  /** IANA name of the zone whose days and months count. @default "UTC" */
  readonly timeZone?: string | undefined;
  /** At a cap: answer locally where the task can, reject with `budget_exceeded`, or go to a cheaper target. @default "local" */
  readonly onExceeded?: OnExceeded | undefined;
  /** Part of a cap at which `onAlert` is called, above 0 and at most 1. @default 0.8 */
  readonly alertAt?: number | undefined;
}

/** What every budget takes. */
export interface BudgetOptions extends BudgetCapOptions {
  /** Called once per cap and window, when settled spending reaches `alertAt`. What it throws is ignored. */
  readonly onAlert?: ((alert: BudgetAlert) => void | Promise<void>) | undefined;
  /** After this long a reservation that was never settled is freed, milliseconds. @default 600_000 (10 min) */
  readonly leaseMs?: number | undefined;
}

/** One cap: integer micro-dollars per window. */
export interface Cap {
  readonly window: WindowKind;
  /** Length of a rolling window, milliseconds; 0 for the calendar's. */
  readonly spanMs: number;
  readonly limitMicroUsd: number;
  readonly onExceeded: OnExceeded;
}

/** {@link BudgetOptions} with every default filled in. */
export interface ResolvedBudgetOptions {
  readonly gateway: readonly Cap[];
  readonly tenant: readonly Cap[];
  readonly user: readonly Cap[];
  readonly tasks: ReadonlyMap<string, readonly Cap[]>;
  readonly findWindow: FindWindow;
  readonly alertAt: number;
  readonly onAlert: (alert: BudgetAlert) => void | Promise<void>;
  readonly leaseMs: number;
}

/**
 * Fills in the defaults.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 */
export function resolveBudgetOptions(options: BudgetOptions): ResolvedBudgetOptions {
  const { gateway = { dailyUsd: 20, monthlyUsd: 500 }, tenant = {}, user = {}, task = {} } = options;
  const { timeZone = "UTC", onExceeded = "local", alertAt = 0.8, leaseMs = 600_000 } = options;
  const problems: string[] = [];
  const read = (name: string, caps: BudgetCaps) => capsOf(name, caps, { onExceeded, problems });
  const resolved = {
    gateway: read("gateway", gateway),
    tenant: read("tenant", tenant),
    user: read("user", user),
    tasks: new Map(Object.entries(task).map(([name, caps]) => [name, read(`task.${name}`, caps)])),
    alertAt,
    onAlert: options.onAlert ?? (() => {}),
    leaseMs,
  };
  if (!isOnExceeded(onExceeded)) problems.push(`onExceeded: ${onExceededRule}`);
  if (!(alertAt > 0 && alertAt <= 1)) problems.push("alertAt: must be above 0 and at most 1");
  if (!(Number.isFinite(leaseMs) && leaseMs > 0)) problems.push("leaseMs: must be more than 0");
  const findWindow = windowsOf(timeZone);
  if (findWindow === undefined) problems.push("timeZone: must be an IANA name such as Europe/London");
  if (problems.length > 0 || findWindow === undefined) {
    throw invalidConfig("Budget", problems);
  }
  return { ...resolved, findWindow };
}

const windowOf: Readonly<Record<string, WindowKind>> = {
  dailyUsd: "day",
  monthlyUsd: "month",
  rollingUsd: "rolling",
};
const shortestRollingMs = 24_000;

function capsOf(
  name: string,
  caps: BudgetCaps,
  budget: { readonly onExceeded: OnExceeded; readonly problems: string[] },
): readonly Cap[] {
  const { problems } = budget;
  if (typeof caps !== "object" || caps === null) {
    problems.push(`${name}: must be an object such as { dailyUsd: 5 }`);
    return [];
  }
  const { onExceeded = budget.onExceeded, rollingMs = 86_400_000, ...amounts } = caps;
  if (caps.onExceeded !== undefined && !isOnExceeded(onExceeded))
    problems.push(`${name}.onExceeded: ${onExceededRule}`);
  if (!(Number.isSafeInteger(rollingMs) && rollingMs >= shortestRollingMs))
    problems.push(`${name}.rollingMs: must be whole milliseconds, ${shortestRollingMs} or more`);
  return Object.entries(amounts).flatMap(([field, usd]: [string, unknown]) => {
    const window = windowOf[field];
    // A misspelt cap would be no cap at all.
    if (window === undefined)
      problems.push(`${name}.${field}: unknown; use dailyUsd, monthlyUsd and rollingUsd`);
    if (window === undefined || usd === undefined || usd === null) return [];
    const limitMicroUsd = microUsdOf(usd);
    if (limitMicroUsd !== undefined)
      return [{ window, spanMs: window === "rolling" ? rollingMs : 0, limitMicroUsd, onExceeded }];
    problems.push(`${name}.${field}: must be a number of US dollars, 0 or more (leave it out for no cap)`);
    return [];
  });
}

function microUsdOf(usd: unknown): number | undefined {
  const microUsd = Math.round(Number(usd) * 1e6);
  return typeof usd === "number" && usd >= 0 && Number.isSafeInteger(microUsd) ? microUsd : undefined;
}

const onExceededRule =
  'must be "local", "reject" or { degradeTo: "name of a target" }, with extraUsd or without';

function isOnExceeded(value: unknown): value is OnExceeded {
  if (value === "local" || value === "reject") return true;
  const { degradeTo, extraUsd = 0, ...rest } = Object(value) as Record<string, unknown>;
  return (
    typeof degradeTo === "string" &&
    degradeTo !== "" &&
    microUsdOf(extraUsd) !== undefined &&
    Object.keys(rest).length === 0
  );
}

/** The most that may be used and set aside under a cap, integer micro-dollars. */
export function limitOf({ limitMicroUsd, onExceeded }: Cap, degraded: boolean): number {
  const extraUsd = degraded && typeof onExceeded === "object" ? (onExceeded.extraUsd ?? 0) : 0;
  return limitMicroUsd + Math.round(extraUsd * 1e6);
}

function windowsOf(timeZone: string): FindWindow | undefined {
  try {
    return budgetWindows(timeZone);
  } catch {
    return undefined;
  }
}
