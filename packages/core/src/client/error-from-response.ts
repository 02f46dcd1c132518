import type { CallGuard } from "./call-guard.js";
import type { ClientError } from "./client-error.js";
import { errorFromReply } from "./error-from-reply.js";
import { readRecord } from "./read-reply-text.js";

/** Reads a reply that is a failure. */
export async function errorFromResponse(response: Response, guard: CallGuard): Promise<ClientError> {
  return errorFromReply({
    body: await readRecord(response, guard),
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    requestId: response.headers.get("x-request-id"),
  });
}
