import { GatewayError } from "../../errors/gateway-error.js";

/**
 * The one answer to credentials that are there but wrong, whatever is wrong with them: a caller learns nothing that
 * helps to forge better ones. `reason` stays with us; it never holds anything of the credentials.
 */
export function refusedCredentials(reason: string): GatewayError<"unauthenticated"> {
  return new GatewayError("unauthenticated", "Your credentials are not valid. Please sign in again.", {
    cause: new Error(reason),
  });
}
