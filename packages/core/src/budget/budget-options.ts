import { invalidConfig } from "../errors/invalid-config.js";
import { calendarWindows, type FindWindow, type WindowKind } from "./budget-window.js";

/** How much may be spent, in US dollars. 0 blocks everything; a field that is absent (or `null`) is no cap. */
export interface BudgetCaps {
  /** Per calendar day. @default no cap */
  readonly dailyUsd?: number | null | undefined;
  /** Per calendar month. @default no cap */
  readonly monthlyUsd?: number | null | undefined;
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

/** Caps and what happens at them; the same for every budget. */
export interface BudgetOptions {
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
  /** At a cap: answer locally where the task can, or reject with `budget_exceeded`. @default "local" */
  readonly onExceeded?: "local" | "reject" | undefined;
  /** Part of a cap at which `onAlert` is called, above 0 and at most 1. @default 0.8 */
  readonly alertAt?: number | undefined;
  /** Called once per cap and window, when settled spending reaches `alertAt`. What it throws is ignored. */
  readonly onAlert?: ((alert: BudgetAlert) => void | Promise<void>) | undefined;
  /** After this long a reservation that was never settled is freed, milliseconds. @default 600_000 (10 min) */
  readonly leaseMs?: number | undefined;
}

/** One cap: integer micro-dollars per window. */
export interface Cap {
  readonly window: WindowKind;
  readonly limitMicroUsd: number;
}

/** {@link BudgetOptions} with every default filled in. */
export interface ResolvedBudgetOptions {
  readonly gateway: readonly Cap[];
  readonly tenant: readonly Cap[];
  readonly user: readonly Cap[];
  readonly tasks: ReadonlyMap<string, readonly Cap[]>;
  readonly findWindow: FindWindow;
  readonly onExceeded: "local" | "reject";
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
  const read = (name: string, caps: BudgetCaps) => capsOf(name, caps, problems);
  const resolved = {
    gateway: read("gateway", gateway),
    tenant: read("tenant", tenant),
    user: read("user", user),
    tasks: new Map(Object.entries(task).map(([name, caps]) => [name, read(`task.${name}`, caps)])),
    onExceeded,
    alertAt,
    onAlert: options.onAlert ?? (() => {}),
    leaseMs,
  };
  if (!["local", "reject"].includes(onExceeded)) problems.push('onExceeded: must be "local" or "reject"');
  if (!(alertAt > 0 && alertAt <= 1)) problems.push("alertAt: must be above 0 and at most 1");
  if (!(Number.isFinite(leaseMs) && leaseMs > 0)) problems.push("leaseMs: must be more than 0");
  const findWindow = windowsOf(timeZone);
  if (findWindow === undefined) problems.push("timeZone: must be an IANA name such as Europe/London");
  if (problems.length > 0 || findWindow === undefined) {
    throw invalidConfig("Budget", problems);
  }
  return { ...resolved, findWindow };
}

const windowOf: Readonly<Record<string, WindowKind>> = { dailyUsd: "day", monthlyUsd: "month" };

function capsOf(name: string, caps: BudgetCaps, problems: string[]): readonly Cap[] {
  if (typeof caps !== "object" || caps === null) {
    problems.push(`${name}: must be an object such as { dailyUsd: 5 }`);
    return [];
  }
  return Object.entries(caps).flatMap(([field, usd]: [string, unknown]) => {
    const window = windowOf[field];
    // A misspelt cap would be no cap at all.
    if (window === undefined) problems.push(`${name}.${field}: unknown; use dailyUsd and monthlyUsd`);
    if (window === undefined || usd === undefined || usd === null) return [];
    const limitMicroUsd = Math.round(Number(usd) * 1e6);
    if (typeof usd === "number" && usd >= 0 && Number.isSafeInteger(limitMicroUsd))
      return [{ window, limitMicroUsd }];
    problems.push(`${name}.${field}: must be a number of US dollars, 0 or more (leave it out for no cap)`);
    return [];
  });
}

function windowsOf(timeZone: string): FindWindow | undefined {
  try {
    return calendarWindows(timeZone);
  } catch {
    return undefined;
  }
}
