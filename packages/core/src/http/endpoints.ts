import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { HttpExchange } from "./exchange.js";
import { isJsonInUtf8 } from "./media-type.js";

/** Headers by which old frameworks let a POST stand for another method. Here no method stands for another. */
const overrideHeaders = ["x-http-method-override", "x-http-method", "x-method-override"];

/**
 * The table of endpoints: each registered task is `POST /<its path>`.
 *
 * @throws `not_found`, `method_not_allowed`, `unsupported_media_type`, checked in this order.
 */
export function findEndpoint(
  tasks: Readonly<Record<string, AnyTask>>,
  { method, path, headers, body }: Pick<HttpExchange, "method" | "path" | "headers" | "body">,
): AnyTask {
  const wanted = path.replace(/^\//, "").replace(/\/$/, "");
  const task = Object.values(tasks).find((each) => each.path === wanted);
  if (task === undefined) throw new GatewayError("not_found", "There is no such endpoint.");

  const methods = [method, ...overrideHeaders.map((header) => headers[header] ?? "POST")];
  if (methods.some((each) => each.toUpperCase() !== "POST")) {
    throw new GatewayError("method_not_allowed", "Use POST for this endpoint.", {
      details: { allow: ["POST"] },
    });
  }

  if (!isJsonInUtf8(headers["content-type"])) {
    const message = "Send the body as JSON in UTF-8, with the header content-type: application/json.";
    throw new GatewayError("unsupported_media_type", message);
  }
  // A host that has parsed the body has also decompressed it.
  const encoding = body.kind === "parsed" ? "identity" : (headers["content-encoding"] ?? "identity");
  if (encoding.trim().toLowerCase() !== "identity") {
    throw new GatewayError("unsupported_media_type", "Send the body without content-encoding.");
  }
  return task;
}
