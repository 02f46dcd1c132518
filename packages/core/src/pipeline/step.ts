import type { Span } from "@opentelemetry/api";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { CallTrace } from "../telemetry/telemetry.js";
import type { StepName } from "./step-name.js";

/** Runs the steps of one call: each becomes a span, is noted in order, and names itself in what it throws. */
export interface StepRunner {
  <Result>(name: StepName, work: () => Result | Promise<Result>): Promise<Result>;
  /** The same for a step that yields. */
  stream<Item, Result>(
    name: StepName,
    work: () => AsyncGenerator<Item, Result, void>,
  ): AsyncGenerator<Item, Result, void>;
}

/** What is due even when the caller has gone. */
const finishing: readonly StepName[] = ["budget.settle", "audit"];

/** Makes the runner of one call; `began` gets each step's name as it starts. */
export function createStepRunner(call: {
  readonly trace: CallTrace;
  readonly began: StepName[];
  readonly signal: AbortSignal;
}): StepRunner {
  const { trace, began, signal } = call;
  const begin = (name: StepName) => {
    began.push(name);
    return trace.startStep(name);
  };
  const goOn = (name: StepName) => {
    if (!finishing.includes(name)) signal.throwIfAborted();
  };
  const fail = (error: unknown, name: StepName, span: Span): GatewayError => {
    const failure = toGatewayError(error, signal);
    failure.step ??= name;
    trace.markFailed(span, failure.code);
    return failure;
  };
  async function step<Result>(name: StepName, work: () => Result | Promise<Result>): Promise<Result> {
    const span = begin(name);
    try {
      goOn(name);
      const result = work();
      return isThenable(result) ? await result : result; // to await what is there already costs as much as a step
    } catch (error) {
      throw fail(error, name, span);
    } finally {
      span.end();
    }
  }
  async function* stream<Item, Result>(
    name: StepName,
    work: () => AsyncGenerator<Item, Result, void>,
  ): AsyncGenerator<Item, Result, void> {
    const span = begin(name);
    try {
      goOn(name);
      return yield* work();
    } catch (error) {
      throw fail(error, name, span);
    } finally {
      span.end();
    }
  }
  return Object.assign(step, { stream });
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && "then" in value;

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
