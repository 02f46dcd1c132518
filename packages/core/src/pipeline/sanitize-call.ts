import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { DecisionRecord } from "./decision-record.js";
import type { Services } from "./services.js";

/**
 * Cleans an input, and notes what had to be cut and what it looks like.
 *
 * @throws `injection_suspected` when it looks like a prompt injection and the gateway's mode is `enforce`
 */
export function sanitizeCall<Input>(
  valid: Input,
  { task, decision, services }: { task: AnyTask; decision: DecisionRecord; services: Services },
): Input {
  const { sanitizer, injectionMode } = services;
  const { maxInputCharacters: maxCharacters, trustedFields } = task;
  const looksForInjection = injectionMode !== "off";
  const sanitized = sanitizer.sanitize(valid, { maxCharacters, looksForInjection, trustedFields });
  decision.truncated = sanitized.truncated;
  decision.injection = sanitized.injection;
  if (injectionMode === "enforce" && sanitized.injection?.flagged === true) {
    const message = "This reads like orders to the assistant. Please ask in other words.";
    throw new GatewayError("injection_suspected", message);
  }
  return sanitized.value;
}
