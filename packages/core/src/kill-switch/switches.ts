import { invalidConfig } from "../errors/invalid-config.js";
import type { SwitchState, WhenOff } from "./kill-switch.js";

/** One switch: `true` is on, `false` is off with `whenOff: "local"`. */
export type Switch =
  | boolean
  | {
      readonly on: boolean;
      /** @default "local" */
      readonly whenOff?: WhenOff | undefined;
      /** The operator's own words to callers; required by `whenOff: "message"`. @default none */
      readonly message?: string | undefined;
    };

/** All switches. What is not named is on. */
export interface Switches {
  /** @default true */
  readonly gateway?: Switch | undefined;
  /** By task name. @default {} */
  readonly tasks?: Readonly<Record<string, Switch>> | undefined;
  /** By tenant id. @default {} */
  readonly tenants?: Readonly<Record<string, Switch>> | undefined;
  /** By a provider's name: `false` takes its targets out of every route. @default {} */
  readonly providers?: Readonly<Record<string, boolean>> | undefined;
}

/** Flags, checked and looked up fast. */
export interface ResolvedSwitches {
  readonly gateway: SwitchState;
  readonly tenants: ReadonlyMap<string, SwitchState>;
  readonly tasks: ReadonlyMap<string, SwitchState>;
  /** What a call gets that nothing turns off. */
  readonly on: SwitchState;
}

const switchOn: SwitchState = Object.freeze({ on: true });
const everyWhenOff: readonly unknown[] = ["local", "cached", "message", "error"] satisfies readonly WhenOff[];

/**
 * Checks switches.
 *
 * @throws `invalid_config` that names each wrong switch
 */
export function resolveSwitches(switches: Switches): ResolvedSwitches {
  const given: unknown = switches;
  if (!isObject(given)) throw invalidSwitches(["switches: must be an object"]);
  const problems: string[] = [];
  for (const name of Object.keys(switches)) {
    if (!["gateway", "tasks", "tenants", "providers"].includes(name)) problems.push(`${name}: is no switch`);
  }
  const resolved: ResolvedSwitches = {
    gateway: resolveSwitch("gateway", switches.gateway ?? true, problems),
    tenants: resolveGroup("tenants", switches.tenants ?? {}, problems),
    tasks: resolveGroup("tasks", switches.tasks ?? {}, problems),
    on: resolveProviders(switches.providers ?? {}, problems),
  };
  if (problems.length > 0) throw invalidSwitches(problems);
  return resolved;
}

function resolveProviders(providers: unknown, problems: string[]): SwitchState {
  if (!isObject(providers)) {
    problems.push("providers: must be an object of true and false");
    return switchOn;
  }
  for (const [name, on] of Object.entries(providers))
    if (typeof on !== "boolean") problems.push(`providers.${name}: must be true or false`);
  const providersOff = Object.keys(providers).filter((name) => providers[name] === false);
  return providersOff.length === 0 ? switchOn : Object.freeze({ on: true, providersOff });
}

function resolveGroup(name: string, group: unknown, problems: string[]): Map<string, SwitchState> {
  if (!isObject(group)) {
    problems.push(`${name}: must be an object of switches`);
    return new Map();
  }
  return new Map(
    Object.entries(group).map(([key, value]) => [key, resolveSwitch(`${name}.${key}`, value, problems)]),
  );
}

function resolveSwitch(name: string, value: unknown, problems: string[]): SwitchState {
  if (typeof value === "boolean") return value ? switchOn : Object.freeze({ on: false, whenOff: "local" });
  if (!isObject(value) || typeof value["on"] !== "boolean") {
    problems.push(`${name}: must be true, false or { on, whenOff, message }`);
    return switchOn;
  }
  const { on: _, whenOff = "local", message, ...unknown } = value;
  const misspelt = Object.keys(unknown);
  if (misspelt.length > 0) problems.push(...misspelt.map((key) => `${name}.${key}: is no part of a switch`));
  else if (!isWhenOff(whenOff)) problems.push(`${name}.whenOff: must be local, cached, message or error`);
  else if (message !== undefined && typeof message !== "string")
    problems.push(`${name}.message: must be a string`);
  else if (whenOff === "message" && !message)
    problems.push(`${name}.message: is needed by whenOff "message"`);
  else if (!value["on"]) return Object.freeze({ on: false, whenOff, ...(message ? { message } : {}) });
  return switchOn;
}

const isWhenOff = (value: unknown): value is WhenOff => everyWhenOff.includes(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const invalidSwitches = (problems: readonly string[]) => invalidConfig("Kill switches", problems);
