import { GatewayError } from "./gateway-error.js";

/**
 * One error for all mistakes of a configuration: on one line when there is one, as a list when there are more.
 * A problem names the option, never its value.
 */
export function invalidConfig(subject: string, problems: readonly string[]): GatewayError<"invalid_config"> {
  const list =
    problems.length === 1 ? ` ${problems[0]}` : problems.map((problem) => `\n- ${problem}`).join("");
  return new GatewayError("invalid_config", `${subject}:${list}`, { details: { problems } });
}
