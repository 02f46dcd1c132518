import type { AnyTask } from "../../define-task.js";
import type { HttpReply } from "../exchange.js";
import { jsonReply } from "../json-reply.js";
import { type OpenApiOptions, openApiDocument } from "./open-api-document.js";

/** Answers with the document of these tasks, which is made when it is first asked for. */
export function openApiReply(
  tasks: readonly AnyTask[],
  options: OpenApiOptions,
): (requestId: string) => HttpReply {
  let text: string | undefined;
  return (requestId) => {
    text ??= JSON.stringify(openApiDocument(tasks, options));
    return { ...jsonReply(requestId, { status: 200, body: {} }), body: text };
  };
}
