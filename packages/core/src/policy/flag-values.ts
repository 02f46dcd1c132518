import type { Caller } from "../pipeline/task-call.js";
import { hashString } from "../route/hash-string.js";
import type { FlagRule, FlagValue } from "./policy-document.js";

/** Every flag, as this caller has it. */
export function flagValues(
  flags: Readonly<Record<string, FlagRule>>,
  caller: Caller,
): Readonly<Record<string, FlagValue>> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, rule]) => [
      name,
      isChosen(name, rule, caller) ? rule.value : otherwiseOf(rule),
    ]),
  );
}

function isChosen(name: string, { tenants, percent = 100 }: FlagRule, caller: Caller): boolean {
  const { tenantId, userId } = caller;
  if (tenants !== undefined && (tenantId === undefined || !tenants.includes(tenantId))) return false;
  if (percent >= 100) return true;
  // Somebody without a name would have another value each time.
  if (userId === undefined && tenantId === undefined) return false;
  // The name is part of the key: each flag chooses others.
  const key = JSON.stringify([name, tenantId ?? null, userId ?? null]);
  return (hashString(key) / 2 ** 32) * 100 < percent;
}

const nothing: Readonly<Record<string, FlagValue>> = { boolean: false, number: 0, string: "" };

const otherwiseOf = ({ value, otherwise = nothing[typeof value] ?? null }: FlagRule): FlagValue => otherwise;
