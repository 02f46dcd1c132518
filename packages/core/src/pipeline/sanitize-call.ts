import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { isPlainKey } from "../is-plain-key.js";
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
  decision.truncated = sanitized.truncated.map(withoutContent);
  decision.injection = sanitized.injection;
  if (injectionMode === "enforce" && sanitized.injection?.flagged === true) {
    const message = "This reads like orders to the assistant. Please ask in other words.";
    throw new GatewayError("injection_suspected", message);
  }
  return sanitized.value;
}

const index = /^\d{1,5}$/;

/** A key that reads like no field's name is somebody's content, and stands as `*`. */
const withoutContent = (path: string): string =>
  path
    .split(".")
    .map((part) => (isPlainKey(part) || index.test(part) ? part : "*"))
    .join(".");
