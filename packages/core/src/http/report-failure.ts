import { isGatewayError } from "../errors/gateway-error.js";
import type { Logger } from "../logger.js";
import { publicFailure } from "./error-reply.js";

/**
 * Writes a failure that is ours to the log, once and without content: of a cause only its class and code, because
 * its text may quote a prompt, a reply or a key. A caller's own mistake and an abort are not logged.
 */
export function reportFailure(logger: Logger, error: unknown, requestId: string): void {
  const { code, exposed } = publicFailure(error);
  if (exposed) return;
  const known = isGatewayError(error);
  const fields = {
    request_id: requestId,
    code,
    step: known ? error.step : undefined,
    cause: describeCause(known ? error.cause : error),
  };
  logger.error(fields, known ? error.message : "An unexpected error stopped the request.");
}

function describeCause(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return typeof cause;
  const code = "code" in cause && typeof cause.code === "string" ? ` ${cause.code}` : "";
  return `${cause.name}${code}`.slice(0, 100);
}
