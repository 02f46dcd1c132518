import { isGatewayError } from "../errors/gateway-error.js";

/** The problems of the configuration that building something is refused for, for tests; none when it is built. */
export function problemsOf(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}
