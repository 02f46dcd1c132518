import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { HttpExchange } from "./exchange.js";
import { isJsonInUtf8 } from "./media-type.js";

/** What a request is for: to run a task, something about one of its streams, or the description of all endpoints. */
export type Endpoint =
  | { readonly action: "run"; readonly task: AnyTask }
  | StreamEndpoint
  | { readonly action: "describe" };

/** To read on in a stream, or to stop it. */
export interface StreamEndpoint {
  readonly action: "resume" | "stop";
  readonly task: AnyTask;
  readonly streamId: string;
}

type Tasks = Readonly<Record<string, AnyTask>>;

interface DescribedTasks {
  readonly tasks: Tasks;
  /** Whether the endpoints are described. */
  readonly isDescribed: boolean;
}

const descriptionPath = "/openapi.json";

/** Headers by which old frameworks let a POST stand for another method. Here no method stands for another. */
const overrideHeaders = ["x-http-method-override", "x-http-method", "x-method-override"];

/**
 * The table of endpoints. Each registered task has `POST /<its path>`; each of its streams has
 * `GET` (read on) and `DELETE` (stop) of `/<its path>/<stream id>/stream`. `GET /openapi.json` describes them; no task's
 * path can be that.
 *
 * @throws `not_found`, `method_not_allowed`, `unsupported_media_type`, checked in this order.
 */
export function findEndpoint(
  { tasks, isDescribed }: DescribedTasks,
  exchange: Pick<HttpExchange, "method" | "path" | "headers" | "body">,
): Endpoint {
  if (isDescribed && exchange.path === descriptionPath) {
    checkMethod(exchange, ["GET"]);
    return { action: "describe" };
  }
  const place = findPlace(tasks, exchange.path);
  if (place === undefined) throw new GatewayError("not_found", "There is no such endpoint.");
  const { task, streamId } = place;
  if (streamId === undefined) {
    checkMethod(exchange, ["POST"]);
    checkBodyType(exchange);
    return { action: "run", task };
  }
  const method = checkMethod(exchange, ["GET", "DELETE"]);
  return { action: method === "GET" ? "resume" : "stop", task, streamId };
}

/**
 * What a path belongs to, whatever is asked of it: a task, or the description under its own name, which no task can have.
 * Nothing when there is no such endpoint.
 */
export const findSubject = (
  { tasks, isDescribed }: DescribedTasks,
  path: string,
): { readonly name: string } | undefined =>
  isDescribed && path === descriptionPath ? { name: descriptionPath.slice(1) } : findPlace(tasks, path)?.task;

function findPlace(
  tasks: Tasks,
  asked: string,
): { readonly task: AnyTask; readonly streamId: string | undefined } | undefined {
  const path = asked.replace(/^\//, "").replace(/\/$/, "");
  const taskAt = (wanted: string) => Object.values(tasks).find((each) => each.path === wanted);
  const task = taskAt(path);
  if (task !== undefined) return { task, streamId: undefined };
  const [, taskPath = "", encodedId = ""] = /^(.+)\/([^/]+)\/stream$/.exec(path) ?? [];
  const streamed = taskAt(taskPath);
  const streamId = decode(encodedId);
  return streamed === undefined || streamId === undefined ? undefined : { task: streamed, streamId };
}

/** The method, which no header may contradict. */
function checkMethod({ method, headers }: Pick<HttpExchange, "method" | "headers">, allow: string[]): string {
  const wanted = method.toUpperCase();
  const agrees = (header: string) => (headers[header] ?? method).toUpperCase() === wanted;
  if (allow.includes(wanted) && overrideHeaders.every(agrees)) return wanted;
  throw new GatewayError("method_not_allowed", `Use ${allow.join(" or ")} for this endpoint.`, {
    details: { allow },
  });
}

function checkBodyType({ headers, body }: Pick<HttpExchange, "headers" | "body">): void {
  if (!isJsonInUtf8(headers["content-type"])) {
    const message = "Send the body as JSON in UTF-8, with the header content-type: application/json.";
    throw new GatewayError("unsupported_media_type", message);
  }
  // A host that has parsed the body has also decompressed it.
  const encoding = body.kind === "parsed" ? "identity" : (headers["content-encoding"] ?? "identity");
  if (encoding.trim().toLowerCase() !== "identity") {
    throw new GatewayError("unsupported_media_type", "Send the body without content-encoding.");
  }
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
