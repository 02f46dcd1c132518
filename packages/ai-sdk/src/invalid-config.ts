import { GatewayError } from "@levqor/core";

/** The error for wrong arguments: each problem names the argument, never its value. */
export function invalidConfig(subject: string, problems: readonly string[]): GatewayError<"invalid_config"> {
  return new GatewayError("invalid_config", `${subject}: ${problems.join("; ")}`, { details: { problems } });
}
