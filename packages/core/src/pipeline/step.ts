import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { CallTrace } from "../telemetry/telemetry.js";
import { isThenable } from "./is-thenable.js";
import type { StepName } from "./step-name.js";

/** Runs a step of one call: it becomes a span, is noted in order, and names itself in what it throws. */
export type StepRunner = <Result>(name: StepName, work: () => Result | Promise<Result>) => Promise<Result>;

/** What is due even when the caller has gone. */
const finishing: readonly StepName[] = ["budget.settle", "audit"];

/** Makes the runner of one call; `began` gets each step's name as it starts. */
export function createStepRunner(call: {
  readonly trace: CallTrace;
  readonly began: StepName[];
  readonly signal: AbortSignal;
}): StepRunner {
  const { trace, began, signal } = call;
  return async (name, work) => {
    began.push(name);
    const span = trace.startStep(name);
    try {
      if (!finishing.includes(name)) signal.throwIfAborted();
      const result = work();
      return isThenable(result) ? await result : result;
    } catch (error) {
      const failure = toGatewayError(error, signal);
      failure.step ??= name;
      trace.markFailed(span, failure.code);
      throw failure;
    } finally {
      span.end();
    }
  };
}

/** Anything thrown, as a `GatewayError`: whatever comes after the caller's abort is `aborted`, the unknown `internal`. */
export function toGatewayError(error: unknown, signal: AbortSignal): GatewayError {
  if (isGatewayError(error)) return error;
  if (signal.aborted) return new GatewayError("aborted", "The call was aborted.", { cause: error });
  return new GatewayError(
    "internal",
    "An unexpected error stopped the call; its cause is in `error.cause`.",
    {
      cause: error,
    },
  );
}
