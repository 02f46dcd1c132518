import type { StepName } from "../pipeline/step-name.js";
import { type ErrorCode, type ErrorDetails, errorTable } from "./error-table.js";

const brand = Symbol.for("levqor.gateway-error");

/** Details of a code: typed when the table gives it some, else absent. */
export type DetailsOf<Code extends ErrorCode> = Code extends keyof ErrorDetails
  ? ErrorDetails[Code]
  : undefined;

/** What a {@link GatewayError} is made from. `details` is required for the codes that have some. */
export type GatewayErrorOptions<Code extends ErrorCode> = {
  /** The original failure; never shown to a caller. */
  readonly cause?: unknown;
  /** The pipeline step that failed; set by the pipeline when absent. */
  readonly step?: StepName | undefined;
} & (Code extends keyof ErrorDetails
  ? { readonly details: ErrorDetails[Code] }
  : { readonly details?: undefined });

/**
 * The one error of the SDK. Recognise it with {@link isGatewayError}, never with `instanceof`: two copies of the
 * package (ESM beside CJS) have two classes.
 */
export class GatewayError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "GatewayError";
  /** Key of the error table. */
  readonly code: Code;
  /** HTTP status of the code. */
  readonly status: number;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Facts for the program, typed by code. */
  readonly details: DetailsOf<Code>;
  /** The pipeline step that failed. */
  step: StepName | undefined;
  /** Name of the target that failed, for `provider_*` codes; the message begins with it. */
  target: string | undefined;
  /** The call's id, once the call has one. */
  requestId: string | undefined;

  constructor(
    code: Code,
    message: string,
    ...[options]: Code extends keyof ErrorDetails ? [GatewayErrorOptions<Code>] : [GatewayErrorOptions<Code>?]
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = errorTable[code].status;
    this.retryable = errorTable[code].retryable;
    this.details = options?.details as DetailsOf<Code>;
    this.step = options?.step;
    this.target = undefined;
    Object.defineProperty(this, brand, { value: true });
  }
}

/**
 * Whether `error` is a {@link GatewayError}, of `code` when one is given; then `details` has that code's type.
 *
 * @example
 * if (isGatewayError(error, "rate_limited")) await sleep(error.details.retryAfterMs);
 */
export function isGatewayError<Code extends ErrorCode>(
  error: unknown,
  code?: Code,
): error is GatewayError<Code> {
  if (typeof error !== "object" || error === null || !(brand in error)) return false;
  return code === undefined || Reflect.get(error, "code") === code;
}
