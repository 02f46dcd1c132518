import type {
  ErrorCode,
  EvaluationContext,
  FlagValue,
  JsonValue,
  Provider,
  ResolutionDetails,
} from "@openfeature/server-sdk";
import type { AiGateway } from "../gateway.js";
import type { Caller } from "../pipeline/task-call.js";

/**
 * Serves the flags of a gateway's policy to OpenFeature. The context's `targetingKey` is the user, its `tenantId` the
 * tenant. Beside the policy's own flags there is `ai.task.<name>` for each task: whether it may call a model for this
 * user now.
 *
 * A flag that there is not, or of another type, has the default that was asked with, and the reason in the details.
 *
 * @example
 * await OpenFeature.setProviderAndWait(policyFlagProvider(gateway));
 * await OpenFeature.getClient().getBooleanValue("ai.task.chat", false, { targetingKey: "ada", tenantId: "acme" });
 */
export function policyFlagProvider(gateway: Pick<AiGateway, "policy" | "switchState" | "tasks">): Provider {
  async function find(flag: string, caller: Caller): Promise<FlagValue | undefined> {
    const task = flag.startsWith(taskPrefix) ? flag.slice(taskPrefix.length) : "";
    if (Object.hasOwn(gateway.tasks, task)) return (await gateway.switchState(task, caller)).on;
    const flags = gateway.policy.flagsOf(caller);
    return Object.hasOwn(flags, flag) ? (flags[flag] as FlagValue) : undefined;
  }
  async function resolve<Value extends FlagValue>(asked: Asked<Value>): Promise<ResolutionDetails<Value>> {
    const { flag, byDefault, context } = asked;
    const found = await find(flag, callerOf(context));
    if (found === undefined) return refused(byDefault, "FLAG_NOT_FOUND", `There is no flag "${flag}".`);
    if (kindOf(found) === kindOf(byDefault)) return { value: found as Value, reason: "TARGETING_MATCH" };
    return refused(byDefault, "TYPE_MISMATCH", `"${flag}" is no ${kindOf(byDefault)}.`);
  }
  return {
    metadata: { name: "levqor-policy" },
    runsOn: "server",
    initialize: () => gateway.policy.refresh(),
    resolveBooleanEvaluation: (flag, byDefault, context) => resolve({ flag, byDefault, context }),
    resolveStringEvaluation: (flag, byDefault, context) => resolve({ flag, byDefault, context }),
    resolveNumberEvaluation: (flag, byDefault, context) => resolve({ flag, byDefault, context }),
    resolveObjectEvaluation: <Value extends JsonValue>(
      flag: string,
      byDefault: Value,
      context: EvaluationContext,
    ) => resolve({ flag, byDefault, context }),
  };
}

const taskPrefix = "ai.task.";

interface Asked<Value> {
  readonly flag: string;
  readonly byDefault: Value;
  readonly context: EvaluationContext;
}

/** A context may hold anything: what is no text names nobody. */
function callerOf({ targetingKey, tenantId }: EvaluationContext = {}): Caller {
  return { userId: textOf(targetingKey), tenantId: textOf(tenantId) };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** Whoever asks for an object can do nothing with a list, or with null. */
function kindOf(value: FlagValue): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

const refused = <Value extends FlagValue>(
  value: Value,
  errorCode: `${ErrorCode}`,
  errorMessage: string,
): ResolutionDetails<Value> => ({
  value,
  reason: "ERROR",
  errorCode: errorCode as ErrorCode, // an enum of a package that is needed for its types only
  errorMessage,
});
